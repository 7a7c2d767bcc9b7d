package io.belfry.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.runtime.settings.Variables;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaAccessTest {

    private static KafkaAccess of(Map<String, String> environment) {
        return KafkaAccess.of(new Variables(environment));
    }

    @Test
    void isPlainUnlessToldOtherwise() {
        assertThat(of(Map.of())).isEqualTo(KafkaAccess.plain("127.0.0.1:19092"));
        assertThat(KafkaAccess.plain("a:1").with(Map.of("acks", "all")))
                .isEqualTo(Map.of("acks", "all", "bootstrap.servers", "a:1"));
    }

    @Test
    void quotesAnAccountAndShowsNoneOfIt() {
        KafkaAccess access = of(Map.of(
                "BELFRY_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                "BELFRY_KAFKA_SASL_MECHANISM", "PLAIN",
                "BELFRY_KAFKA_USER", "a b",
                "BELFRY_KAFKA_PASSWORD", " \"x\\;"));

        assertThat(access.with(Map.of()))
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a b\""
                                + " password=\" \\\"x\\\\;\";");
        assertThat(access).hasToString("127.0.0.1:19092");
    }

    @Test
    void refusesWhatIsWrongOrMissingByName() {
        assertRefused(Map.of("BELFRY_KAFKA_SECURITY_PROTOCOL", "TLS"), "BELFRY_KAFKA_SECURITY_PROTOCOL must be");
        assertRefused(Map.of("BELFRY_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"), "BELFRY_KAFKA_USER must be set");
        assertRefused(
                Map.of("BELFRY_KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "BELFRY_KAFKA_USER", "a"),
                "BELFRY_KAFKA_PASSWORD must be set");
        assertRefused(
                Map.of("BELFRY_KAFKA_SECURITY_PROTOCOL", "SSL", "BELFRY_KAFKA_CA", "/nothing"),
                "BELFRY_KAFKA_CA must be the path");
    }

    private static void assertRefused(Map<String, String> environment, String beginning) {
        assertThatThrownBy(() -> of(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(beginning);
    }
}
