package io.belfry.persister.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersisterSettingsTest {

    @Test
    void needsNoVariable() {
        PersisterSettings settings = PersisterSettings.fromEnvironment(Map.of());
        assertThat(settings.listener()).isEqualTo(new PersisterSettings.Listener(null, 8082));
        assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://127.0.0.1:15432/belfry");
        assertThat(settings.kafka().access().bootstrap()).isEqualTo("127.0.0.1:19092");
        assertThat(settings.kafka().topics().requested()).isEqualTo("notifications.requested");
        assertThat(settings.retryBudget()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void listensOnLoopbackInTheDemo() {
        assertThat(PersisterSettings.fromEnvironment(Map.of("BELFRY_DEMO", "true"))
                        .listener()
                        .address())
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "BELFRY_PERSISTER_PORT, 65536",
        "BELFRY_PERSISTER_PORT, http",
        "BELFRY_DATABASE_URL, postgres://db/belfry",
        "BELFRY_DATABASE_POOL_SIZE, 1",
        "BELFRY_KAFKA_PARTITIONS, 0",
        "BELFRY_KAFKA_REPLICATION, -1",
        "BELFRY_KAFKA_CREATE_TOPICS, yes",
        "BELFRY_PERSISTER_THREADS, 0",
        "BELFRY_PERSISTER_PATIENCE_SECONDS, 0",
        "BELFRY_LOG_FORMAT, xml",
        "BELFRY_PROFILE, staging",
        "BELFRY_FAILPOINTS, persister.halt-after-commit"
    })
    void namesTheVariableThatIsWrong(String name, String value) {
        assertThatThrownBy(() -> PersisterSettings.fromEnvironment(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name);
    }

    @Test
    void keepsPasswordsToItself() {
        assertThat(PersisterSettings.fromEnvironment(Map.of(
                                "BELFRY_DATABASE_PASSWORD", "s3cret",
                                "BELFRY_DATABASE_OWNER", "owner",
                                "BELFRY_DATABASE_OWNER_PASSWORD", "s3cret2"))
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void worksAsTheOwnerOfTheSchemaUnlessTheTwoAreToldApart() {
        PersisterSettings one = PersisterSettings.fromEnvironment(Map.of("BELFRY_DATABASE_USER", "one"));
        assertThat(one.owner()).isEqualTo(one.database());

        PersisterSettings two = PersisterSettings.fromEnvironment(Map.of(
                "BELFRY_DATABASE_USER", "worker",
                "BELFRY_DATABASE_PASSWORD", "1",
                "BELFRY_DATABASE_OWNER", "owner",
                "BELFRY_DATABASE_OWNER_PASSWORD", "2"));
        assertThat(two.database().user()).isEqualTo("worker");
        assertThat(two.owner()).isEqualTo(two.database().withAccount("owner", "2"));
    }
}
