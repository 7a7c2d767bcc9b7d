package io.belfry.runtime.tracing;

import io.belfry.runtime.settings.Variables;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces, if the standard variables {@code OTEL_*} name a collector; otherwise steps cost nothing and carry on the
 * {@code traceparent} that came. Names and attributes are those of OpenTelemetry's semantic conventions for HTTP and
 * messaging. A collector that is away, slow or wrongly named costs spans and nothing else. Safe for use by many threads.
 */
public final class Tracing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    /** Says what {@link PatientExporter} says once, again and again, past our log. Held, as else its level is forgotten. */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("io.opentelemetry");

    /** https://www.w3.org/TR/trace-context/#traceparent-header */
    static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int CLOSE_SECONDS = 2;

    private static final Tracing OFF = new Tracing(null);

    private final @Nullable OpenTelemetrySdk sdk;
    private final @Nullable Tracer tracer;

    private Tracing(@Nullable OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk == null ? null : sdk.getTracer("io.belfry");
    }

    public static Tracing off() {
        return OFF;
    }

    /**
     * On if {@code OTEL_EXPORTER_OTLP_ENDPOINT} or {@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT} is set and
     * {@code OTEL_SDK_DISABLED} is not; all other variables of OpenTelemetry's SDK count then.
     *
     * @param service its name, unless {@code OTEL_SERVICE_NAME} is set
     */
    public static Tracing fromEnvironment(String service) {
        return of(service, System.getenv());
    }

    static Tracing of(String service, Map<String, String> environment) {
        Variables variables = new Variables(environment);
        boolean asked = variables.text("OTEL_EXPORTER_OTLP_ENDPOINT") != null
                || variables.text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != null;
        if (!asked || variables.text("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")) {
            return OFF;
        }
        LIBRARY.setLevel(Level.OFF);
        Map<String, String> settings = new HashMap<>(Map.of(
                "otel.service.name", service,
                // Figures and logs have ways of their own.
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf"));
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_") && !value.isBlank()) {
                settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        try {
            return new Tracing(AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> settings)
                    .addSpanExporterCustomizer((exporter, unused) -> new PatientExporter(exporter))
                    .build()
                    .getOpenTelemetrySdk());
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.error("There are no traces: a variable OTEL_* is wrong: {}", cause.getMessage());
            return OFF;
        }
    }

    /** A call is answered. */
    public Step answer(String method, @Nullable String traceparent) {
        return begin(SpanKind.SERVER, method, traceparent, Attributes.of(Step.METHOD, method));
    }

    /** A record is given to Kafka, until it is acknowledged. */
    public Step send(String topic, @Nullable String traceparent) {
        return message(SpanKind.PRODUCER, "send", topic, traceparent);
    }

    /** A record is worked off. */
    public Step process(String topic, @Nullable String traceparent) {
        return message(SpanKind.CONSUMER, "process", topic, traceparent);
    }

    private Step message(SpanKind kind, String operation, String topic, @Nullable String traceparent) {
        return tracer == null
                ? new Step(this, null, traceparent)
                : begin(
                        kind,
                        operation + " " + topic,
                        traceparent,
                        Attributes.of(
                                AttributeKey.stringKey("messaging.system"), "kafka",
                                AttributeKey.stringKey("messaging.destination.name"), topic,
                                AttributeKey.stringKey("messaging.operation.type"), operation));
    }

    private Step begin(SpanKind kind, String name, @Nullable String traceparent, Attributes attributes) {
        if (tracer == null) {
            return new Step(this, null, traceparent);
        }
        Span span = tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(parent(traceparent))
                .setAllAttributes(attributes)
                .startSpan();
        SpanContext begun = span.getSpanContext();
        // A step that is not recorded is no parent: the context goes on as it came.
        boolean carries = span.isRecording() || (traceparent == null && begun.isValid());
        return new Step(this, span, carries ? traceparent(begun) : traceparent);
    }

    /** What has another form begins a trace. */
    private static Context parent(@Nullable String traceparent) {
        if (traceparent == null || !TRACEPARENT.matcher(traceparent).matches()) {
            return Context.root();
        }
        SpanContext remote = SpanContext.createFromRemoteParent(
                traceparent.substring(3, 35),
                traceparent.substring(36, 52),
                TraceFlags.fromHex(traceparent, 53),
                TraceState.getDefault());
        return remote.isValid() ? Context.root().with(Span.wrap(remote)) : Context.root();
    }

    private static String traceparent(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }

    /** Sends what is left, for at most 2 s. */
    @Override
    public void close() {
        if (sdk != null) {
            sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
