package io.belfry.admin.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.Outcome;
import io.belfry.kit.servers.SecuredServers;
import io.belfry.kit.servers.SecuredServers.Certificate;
import io.belfry.kit.servers.SecuredServers.Login;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.postgres.PostgresSettings;
import io.belfry.runtime.probes.KafkaProbe;
import io.belfry.runtime.probes.PostgresProbe;
import io.belfry.runtime.redis.RedisAddresses;
import io.belfry.runtime.redis.RedisConnection;
import io.belfry.runtime.settings.Variables;
import io.lettuce.core.RedisClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As the services reach their servers, so does the operator; what is wrong is said in one line. */
class SecuredServersIT {

    private static String line(Map<String, String> environment) {
        Outcome outcome = Outcome.of(AdminSettings.from(environment), "dead-letters", "list");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors().lines()).hasSize(1);
        return outcome.errors();
    }

    /** What the services' log says at the end of its line. */
    private static void assertProbeTells(Map<String, String> environment, String reason) {
        try (KafkaProbe probe = new KafkaProbe(KafkaAccess.of(new Variables(environment)), "a-test")) {
            assertThatThrownBy(probe::ask).hasStackTraceContaining(reason);
        }
    }

    @Test
    void brokerIsReachedByEachLoginAndByNoOther() throws Exception {
        SecuredServers secured = new SecuredServers();
        try {
            for (Login login : Login.values()) {
                assertThat(line(secured.environment("exams", login)))
                        .as(login.name())
                        .startsWith("no topic of dead letters at");
            }
            Map<String, String> noCertificate = secured.environment("exams", Login.CERTIFICATE);
            noCertificate.remove("BELFRY_KAFKA_CERTIFICATE");
            assertThat(line(noCertificate)).contains("certificate");

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

    /** What a log says at the end of its line, when the server shows this certificate. */
    private static void assertRefused(SecuredServers secured, Certificate certificate, String reason) throws Exception {
        secured.show(certificate);
        Variables variables = new Variables(secured.databases());
        try (PostgresProbe postgres = new PostgresProbe(PostgresSettings.of(variables, 1), "a-test")) {
            assertThatThrownBy(postgres::ask).hasStackTraceContaining(reason);
        }
        RedisAddresses addresses = RedisAddresses.of(variables);
        RedisClient redis = RedisClient.create(addresses.nodes().get(0));
        redis.setOptions(RedisConnection.options(addresses));
        assertThatThrownBy(redis::connect).hasStackTraceContaining(reason);
        redis.shutdown();
    }

    @Test
    void databasesWithACertificateForAnotherHostOrOneThatHasExpiredAreRefused() throws Exception {
        SecuredServers secured = new SecuredServers();
        try {
            secured.secureDatabases();
            assertRefused(secured, Certificate.FOR_ANOTHER_HOST, "127.0.0.1");
            assertRefused(secured, Certificate.EXPIRED, "NotAfter: ");
        } finally {
            secured.servers().close();
        }
    }
}
