package io.belfry.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.localstack.process.ProcessFailedException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSettingsTest {

    @Test
    void usesTheUsualPortsWhenNothingIsSaid() {
        LocalSettings settings = LocalSettings.from(Map.of());

        assertThat(settings.ports())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "BELFRY_LOCAL_POSTGRES_PORT", 15432,
                        "BELFRY_LOCAL_KAFKA_PORT", 19092,
                        "BELFRY_LOCAL_KAFKA_CONTROLLER_PORT", 19093,
                        "BELFRY_LOCAL_REDIS_PORT", 16379,
                        "BELFRY_PERSISTER_PORT", 8082,
                        "BELFRY_API_PORT", 8080,
                        "BELFRY_GATEWAY_PORT", 8090,
                        "BELFRY_GATEWAY_MANAGEMENT_PORT", 8091));
        assertThat(settings.folder()).isAbsolute().hasFileName(".local");
    }

    @Test
    void handsSettingsOnToTheServicesButNotThoseOfItsOwnServers() {
        LocalSettings settings = LocalSettings.from(Map.of(
                "BELFRY_CHECK_SECONDS", "5",
                "BELFRY_DATABASE_URL", "jdbc:postgresql://elsewhere/belfry",
                "BELFRY_REDIS_URL", "redis://elsewhere",
                "BELFRY_LOCAL_REDIS_PORT", "7000",
                "BELFRY_TEST_INFRA", "embedded",
                "BELFRY_API_PORT", "9000",
                "PATH", "/bin"));

        assertThat(settings.services())
                .containsEntry("BELFRY_CHECK_SECONDS", "5")
                .doesNotContainKeys(
                        "BELFRY_DATABASE_URL",
                        "BELFRY_REDIS_URL",
                        "BELFRY_LOCAL_REDIS_PORT",
                        "BELFRY_TEST_INFRA",
                        "BELFRY_API_PORT",
                        "PATH");
        assertThat(settings.port("BELFRY_LOCAL_REDIS_PORT")).isEqualTo(7000);
        assertThat(settings.apiAddress()).isEqualTo("http://127.0.0.1:9000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "80 80"})
    void refusesWhatIsNoPortAndNamesTheVariable(String port) {
        assertThatThrownBy(() -> LocalSettings.from(Map.of("BELFRY_GATEWAY_PORT", port)))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessage("BELFRY_GATEWAY_PORT is not a port: " + port);
    }
}
