package io.belfry.admin.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.Outcome;
import io.belfry.kit.servers.SecuredServers;
import io.belfry.kit.servers.SecuredServers.Certificate;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.probes.KafkaProbe;
import io.belfry.runtime.settings.Variables;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As the services reach the broker, so does the operator; what is wrong is said in one line. */
class SecuredKafkaIT {

    private static String line(Map<String, String> environment) {
        Outcome outcome = Outcome.of(AdminSettings.from(environment), "dead-letters", "list");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors().lines()).hasSize(1);
        return outcome.errors();
    }

    /** What the services' log says at the end of its line. */
    private static void assertProbeTells(Map<String, String> environment, String reason) {
        try (KafkaProbe probe = new KafkaProbe(KafkaAccess.of(new Variables(environment)), "a-test")) {
            assertThatThrownBy(probe::ask).rootCause().hasMessageContaining(reason);
        }
    }

    @Test
    void brokerIsReachedOverTlsWithTheAccountAlone() throws Exception {
        SecuredServers secured = new SecuredServers();
        try {
            assertThat(line(secured.environment("exams", Certificate.RIGHT))).startsWith("no topic of dead letters at");

            assertThat(line(secured.environment("exams", Certificate.FOR_ANOTHER_HOST)))
                    .contains("No subject alternative names matching IP address 127.0.0.1");
            assertThat(line(secured.environment("exams", Certificate.EXPIRED))).contains("expired");
            assertProbeTells(secured.environment("exams", Certificate.EXPIRED), "NotAfter: ");

            Map<String, String> anotherAuthority = secured.environment("exams", Certificate.RIGHT);
            anotherAuthority.remove("BELFRY_KAFKA_CA");
            assertThat(line(anotherAuthority)).contains("unable to find valid certification path");

            Map<String, String> wrongPassword = secured.environment("exams", Certificate.RIGHT);
            wrongPassword.put("BELFRY_KAFKA_PASSWORD", "another");
            assertThat(line(wrongPassword)).contains("invalid credentials");
            assertProbeTells(wrongPassword, "invalid credentials");
        } finally {
            secured.servers().kafka().stop();
        }
    }
}
