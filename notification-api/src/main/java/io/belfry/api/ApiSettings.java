package io.belfry.api;

import io.belfry.access.TokenSettings;
import io.belfry.events.LinkHosts;
import io.belfry.events.names.Topics;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.logging.LogFormat;
import io.belfry.runtime.network.TrustedProxies;
import io.belfry.runtime.postgres.PostgresSettings;
import io.belfry.runtime.redis.RedisAddresses;
import io.belfry.runtime.settings.Variables;
import io.belfry.runtime.tls.ServerCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How this installation's api is set up; always valid. The README lists every variable.
 *
 * @param corsOrigins who else's pages may call; never contains {@code *}
 * @param linkHosts where {@code data.url} may lead beside the page's own host
 * @param trustedProxies whose X-Forwarded-For is believed
 * @param report what a sender is told of who has read a send
 * @param demo a visitor may sign in as one of the demo people
 * @param webRoot the folder of the page; null = what the jar brings
 */
public record ApiSettings(
        Listener listener,
        PublicAddresses addresses,
        PostgresSettings database,
        Kafka kafka,
        RedisAddresses redis,
        TokenSettings tokens,
        List<String> corsOrigins,
        LinkHosts linkHosts,
        TrustedProxies trustedProxies,
        Report report,
        boolean demo,
        @Nullable Path webRoot) {

    /** The profile of what is there in demo mode alone. */
    public static final String DEMO_PROFILE = "demo";

    /** Stands in the gateways' address for the number of a shard. */
    private static final String SHARD = "{shard}";

    /**
     * @param address null = all
     * @param port 0 = any free one
     * @param certificate null = without TLS
     * @param drain how long it serves on, not ready any more, after it was told to stop
     */
    public record Listener(
            @Nullable String address, int port, @Nullable ServerCertificate certificate, Duration drain) {}

    /**
     * What clients are told to call.
     *
     * @param http without a slash at the end; null = from each request
     * @param webSockets the whole address of the gateways' door, for each shard; empty = the request's host with gatewayPort
     */
    public record PublicAddresses(@Nullable URI http, List<URI> webSockets, int gatewayPort) {

        public PublicAddresses {
            webSockets = List.copyOf(webSockets);
        }
    }

    public record Kafka(KafkaAccess access, Topics topics) {}

    /** What a sender is told of who has read a send. */
    public enum Report {
        COUNTS,
        NAMES
    }

    public ApiSettings {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** @throws IllegalArgumentException naming the variable that is wrong or missing */
    public static ApiSettings fromEnvironment(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        LogFormat.check(variables);
        boolean production =
                variables.choice("BELFRY_PROFILE", "", "production").equals("production");
        boolean demo = variables.flag("BELFRY_DEMO", false);
        ApiSettings settings = new ApiSettings(
                listener(variables, demo),
                addresses(variables),
                PostgresSettings.of(variables, 1),
                new Kafka(KafkaAccess.of(variables), new Topics(variables.text("BELFRY_KAFKA_TOPIC_PREFIX", ""))),
                RedisAddresses.of(variables),
                TokenSettings.fromEnvironment(environment),
                corsOrigins(variables),
                LinkHosts.of(variables.text("BELFRY_LINK_HOSTS", "")),
                variables.parsed("BELFRY_TRUSTED_PROXIES", "", TrustedProxies::of),
                Report.valueOf(
                        variables.choice("BELFRY_REPORT", "names", "counts").toUpperCase(Locale.ROOT)),
                demo,
                webRoot(variables));
        if (production) {
            settings.requireProduction();
        }
        settings.requireDemoSecret();
        return settings;
    }

    private static Listener listener(Variables variables, boolean demo) {
        String address = variables.text("BELFRY_API_ADDRESS");
        return new Listener(
                address == null && demo ? "127.0.0.1" : address,
                variables.number("BELFRY_API_PORT", 8080, 0, 65_535),
                ServerCertificate.of(variables, "BELFRY_API_TLS_CERTIFICATE", "BELFRY_API_TLS_KEY"),
                variables.seconds("BELFRY_API_DRAIN_SECONDS", 5, 0, 60));
    }

    private static PublicAddresses addresses(Variables variables) {
        URI http = variables.address("BELFRY_PUBLIC_URL", List.of("http", "https"));
        return new PublicAddresses(
                http == null ? null : URI.create(http.toString().replaceAll("/+$", "")),
                webSockets(variables),
                variables.number("BELFRY_GATEWAY_PORT", 8090, 1, 65_535));
    }

    private static List<URI> webSockets(Variables variables) {
        String name = "BELFRY_PUBLIC_WS_URL";
        int shards = variables.number("BELFRY_GATEWAY_SHARDS", 1, 1, 1_000);
        String address = variables.text(name, "");
        if (address.contains(SHARD) != shards > 1) {
            throw Variables.invalid(
                    name, "must contain " + SHARD + " if BELFRY_GATEWAY_SHARDS is above 1, and only then");
        }
        return IntStream.range(0, shards)
                .mapToObj(shard -> new Variables(Map.of(name, address.replace(SHARD, Integer.toString(shard)))))
                .flatMap(one -> Stream.ofNullable(one.address(name, List.of("ws", "wss"))))
                .toList();
    }

    private static List<String> corsOrigins(Variables variables) {
        List<String> origins = variables.list("BELFRY_CORS_ORIGINS", "");
        if (origins.stream().anyMatch(origin -> !origin.matches("https?://[^/*?#\\s]+"))) {
            throw Variables.invalid("BELFRY_CORS_ORIGINS", "must list origins such as https://app.example.org");
        }
        return origins;
    }

    private static @Nullable Path webRoot(Variables variables) {
        String folder = variables.text("BELFRY_WEB_ROOT");
        return folder == null ? null : Path.of(folder).toAbsolutePath();
    }

    private void requireProduction() {
        if (demo) {
            throw Variables.invalid("BELFRY_DEMO", "must be false with BELFRY_PROFILE=production");
        }
        if (addresses.http() == null) {
            throw Variables.invalid("BELFRY_PUBLIC_URL", "must be set with BELFRY_PROFILE=production");
        }
        if (addresses.webSockets().isEmpty()) {
            throw Variables.invalid("BELFRY_PUBLIC_WS_URL", "must be set with BELFRY_PROFILE=production");
        }
    }

    private void requireDemoSecret() {
        if (demo && tokens.secret() == null) {
            throw Variables.invalid("BELFRY_JWT_SECRET", "must be set with BELFRY_DEMO=true: the demo signs tokens");
        }
    }
}
