package io.belfry.runtime.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the collector takes nothing, and once that it does again. What it does not take is gone. */
final class PatientExporter implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(PatientExporter.class);

    private final SpanExporter exporter;
    private final AtomicBoolean away = new AtomicBoolean();

    PatientExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (!result.isSuccess() && away.compareAndSet(false, true)) {
                LOG.warn("The collector takes no traces: {}", String.valueOf(result.getFailureThrowable()));
            } else if (result.isSuccess() && away.compareAndSet(true, false)) {
                LOG.info("The collector takes traces again");
            }
        });
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
