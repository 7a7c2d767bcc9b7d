package io.belfry.gateway;

import static io.belfry.gateway.support.TestGateway.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.names.UserShard;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {

    private static GatewayConfig read(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("BELFRY_JWT_SECRET", SECRET));
        all.putAll(environment);
        return GatewayConfig.fromEnvironment(all);
    }

    @Test
    void hasADefaultForEverythingButTheKey() {
        GatewayConfig config = read(Map.of());

        assertThat(config.sockets().address().getPort()).isEqualTo(8090);
        assertThat(config.sockets().address().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(config.management().getPort()).isEqualTo(8091);
        assertThat(config.sockets().origins())
                .containsExactlyInAnyOrder("http://localhost:8080", "http://127.0.0.1:8080");
        assertThat(config.sockets().maxPerAddress()).isEqualTo(10_000);
        assertThat(config.sockets().maxAcceptsPerSecond()).isEqualTo(500);
        assertThat(config.sockets().heartbeat()).isEqualTo(Duration.ofSeconds(25));
        assertThat(config.conversation().clockSkew()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.sessionsPerUser()).isEqualTo(20);
        assertThat(config.delivery().topics().stored()).isEqualTo("notifications.stored");
        assertThat(config.delivery().shard()).isEqualTo(UserShard.WHOLE);
        assertThat(config.drain()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesABlankVariableForAnAbsentOne() {
        assertThat(read(Map.of("BELFRY_GATEWAY_PORT", " ", "BELFRY_GATEWAY_ORIGINS", "")))
                .isEqualTo(read(Map.of()));
    }

    @Test
    void listensOnLoopbackInDemoMode() {
        assertThat(read(Map.of("BELFRY_DEMO", "true")).sockets().address().getHostString())
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "BELFRY_GATEWAY_PORT, 65536",
        "BELFRY_GATEWAY_PORT, -1",
        "BELFRY_GATEWAY_PORT, eighty",
        "BELFRY_GATEWAY_MANAGEMENT_PORT, 1.5",
        "BELFRY_GATEWAY_HEARTBEAT_SECONDS, 0",
        "BELFRY_GATEWAY_DRAIN_SECONDS, 16",
        "BELFRY_GATEWAY_MAX_SESSIONS_PER_USER, 0",
        "BELFRY_GATEWAY_MAX_PER_IP, 0",
        "BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND, -1",
        "BELFRY_GATEWAY_SHARD, 4/4",
        "BELFRY_GATEWAY_SHARD, 0/0",
        "BELFRY_GATEWAY_SHARD, 2",
        "BELFRY_CHECK_SECONDS, soon",
        "BELFRY_TRUSTED_PROXIES, proxy",
        "BELFRY_REDIS_URL, http://redis",
        "BELFRY_GATEWAY_ADDRESS, no such host.",
        "BELFRY_DEMO, yes",
        "BELFRY_PROFILE, prod",
        "BELFRY_FAILPOINTS, gateway.drop-frames=2",
        "BELFRY_LOG_FORMAT, xml",
        "BELFRY_JWT_SECRET, short",
        "BELFRY_JWT_SECRET, ''",
    })
    void namesTheVariableThatIsWrong(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void refusesToBeADemoInProduction() {
        assertThatThrownBy(() -> read(Map.of("BELFRY_DEMO", "true", "BELFRY_PROFILE", "production")))
                .hasMessageContaining("BELFRY_DEMO");
    }

    @Test
    void showsNoSecret() {
        assertThat(read(Map.of("BELFRY_REDIS_URL", "redis://:hidden@127.0.0.1:6379"))
                        .toString())
                .doesNotContain("hidden", SECRET);
    }
}
