package io.belfry.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is carried on; what a collector sees is tried with all services. */
class TracingTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String UNSAMPLED = "00-" + TRACE + "-b7ad6b7169203331-00";

    /** Nothing listens there. */
    private static final Map<String, String> ON = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");

    @Test
    void offCarriesOnWhatCame() {
        for (Tracing off : new Tracing[] {
            Tracing.of("s", Map.of()),
            Tracing.of("s", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " ")),
            Tracing.of("s", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "no address")),
            Tracing.of("s", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9", "OTEL_SDK_DISABLED", "true")),
            Tracing.of(
                    "s",
                    Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))
        }) {
            assertThat(off).isSameAs(Tracing.off());
            assertThat(off.send("t", SAMPLED).traceparent()).isEqualTo(SAMPLED);
            assertThat(off.answer("GET", null).traceparent()).isNull();
        }
    }

    @Test
    void onContinuesWhatIsSampledAndLeavesTheRestAsItCame() {
        try (Tracing on = Tracing.of("s", ON)) {
            Step step = on.process("t", SAMPLED);
            assertThat(step.traceparent())
                    .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                    .isNotEqualTo(SAMPLED);
            assertThat(step.send("u").traceparent())
                    .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                    .isNotEqualTo(step.traceparent());
            assertThat(on.process("t", UNSAMPLED).traceparent()).isEqualTo(UNSAMPLED);
            assertThat(on.process("t", "00-" + "ä".repeat(52)).traceparent())
                    .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
            assertThat(on.process("t", null).traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
            assertThat(on.process("t", "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-01")
                            .traceparent())
                    .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]")
                    .doesNotContain("0".repeat(16));
        }
    }
}
