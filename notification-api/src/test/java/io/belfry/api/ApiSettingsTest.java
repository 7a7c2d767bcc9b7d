package io.belfry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiSettingsTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static ApiSettings with(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>(Map.of("BELFRY_JWT_SECRET", SECRET));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ApiSettings.fromEnvironment(environment);
    }

    @Test
    void needsNothingButAKey() {
        ApiSettings settings = with();

        assertThat(settings.listener()).isEqualTo(new ApiSettings.Listener(null, 8080, null, Duration.ofSeconds(5)));
        assertThat(settings.demo()).isFalse();
        assertThat(settings.corsOrigins()).isEmpty();
        assertThat(settings.report()).isEqualTo(ApiSettings.Report.NAMES);
    }

    @ParameterizedTest
    @CsvSource({
        "BELFRY_API_PORT,eighty",
        "BELFRY_API_PORT,65536",
        "BELFRY_API_DRAIN_SECONDS,61",
        "BELFRY_DEMO,yes",
        "BELFRY_PROFILE,prod",
        "BELFRY_LOG_FORMAT,xml",
        "BELFRY_PUBLIC_URL,belfry.example.org",
        "BELFRY_PUBLIC_WS_URL,https://belfry.example.org",
        "BELFRY_GATEWAY_SHARDS,0",
        "BELFRY_CORS_ORIGINS,*",
        "BELFRY_CORS_ORIGINS,https://app.example.org/page",
        "BELFRY_DATABASE_POOL_SIZE,0",
        "BELFRY_REDIS_URL,http://127.0.0.1",
        "BELFRY_REPORT,all",
        "BELFRY_JWT_SECRET,short",
        "BELFRY_JWT_CLOCK_SKEW_SECONDS,-1"
    })
    void namesTheVariableThatIsWrong(String name, String value) {
        assertThatThrownBy(() -> with(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void productionHasNoDemoAndKnowsItsAddresses() {
        assertThatThrownBy(() -> with("BELFRY_PROFILE", "production")).hasMessageContaining("BELFRY_PUBLIC_URL");
        assertThatThrownBy(() -> with("BELFRY_PROFILE", "production", "BELFRY_PUBLIC_URL", "https://a.example"))
                .hasMessageContaining("BELFRY_PUBLIC_WS_URL");
        assertThatThrownBy(() -> with("BELFRY_PROFILE", "production", "BELFRY_DEMO", "true"))
                .hasMessageContaining("BELFRY_DEMO");

        ApiSettings settings = with(
                "BELFRY_PROFILE", "production",
                "BELFRY_PUBLIC_URL", "https://a.example/",
                "BELFRY_PUBLIC_WS_URL", "wss://a.example/ws/notifications/");

        assertThat(settings.addresses().http()).hasToString("https://a.example");
        assertThat(settings.addresses().webSockets()).containsExactly(URI.create("wss://a.example/ws/notifications/"));
    }

    @ParameterizedTest
    @CsvSource({
        "2,wss://live.example.org/ws/notifications/",
        "2,",
        "1,wss://live{shard}.example.org/ws/notifications/",
        ",wss://live{shard}.example.org/ws/notifications/",
        "2,https://live{shard}.example.org/ws/notifications/",
    })
    void shardsHaveAnAddressEach(@Nullable String shards, @Nullable String address) {
        assertThatThrownBy(() -> with(
                        "BELFRY_GATEWAY_SHARDS",
                        Objects.requireNonNullElse(shards, ""),
                        "BELFRY_PUBLIC_WS_URL",
                        Objects.requireNonNullElse(address, "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BELFRY_PUBLIC_WS_URL");
        assertThat(with("BELFRY_GATEWAY_SHARDS", "2", "BELFRY_PUBLIC_WS_URL", "wss://a.example/{shard}/")
                        .addresses()
                        .webSockets())
                .containsExactly(URI.create("wss://a.example/0/"), URI.create("wss://a.example/1/"));
    }

    @Test
    void demoStaysOnThisMachineAndSignsWithASecret() {
        assertThat(with("BELFRY_DEMO", "true").listener().address()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> ApiSettings.fromEnvironment(
                        Map.of("BELFRY_DEMO", "true", "BELFRY_JWT_JWKS_URL", "https://id.example/keys")))
                .hasMessageContaining("BELFRY_JWT_SECRET");
    }

    @Test
    void tellsNoSecret() {
        ApiSettings settings = with(
                "BELFRY_DATABASE_PASSWORD", "pass-of-database",
                "BELFRY_REDIS_URL", "redis://:pass-of-redis@cache:6379");

        assertThat(settings.toString())
                .doesNotContain(SECRET)
                .doesNotContain("pass-of-database")
                .doesNotContain("pass-of-redis");
    }
}
