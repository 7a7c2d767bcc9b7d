package io.belfry.kit.servers;

import io.belfry.kit.contract.Repository;
import io.belfry.kit.servers.TestAuthority.Identity;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.Ports;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.pkitesting.CertificateBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Servers for one test alone that speak TLS and know accounts. Their authority is made for the test, and an account has no
 * right but those of docs/operations.md. The broker has a listener for each kind of certificate, and of login; PostgreSQL and Redis, once
 * {@linkplain #secureDatabases() secured}, show one at a time.
 */
public final class SecuredServers {

    /** A server's, by its fault. */
    public enum Certificate {
        RIGHT,
        FOR_ANOTHER_HOST,
        EXPIRED;

        private CertificateBuilder builder() {
            CertificateBuilder builder = new CertificateBuilder().ecp256().subject("CN=A server");
            Instant now = Instant.now();
            return switch (this) {
                case RIGHT -> builder.addSanIpAddress("127.0.0.1");
                case FOR_ANOTHER_HOST -> builder.addSanDnsName("elsewhere.example");
                case EXPIRED ->
                    builder.addSanIpAddress("127.0.0.1")
                            .notBefore(now.minus(Duration.ofDays(2)))
                            .notAfter(now.minus(Duration.ofDays(1)));
            };
        }
    }

    /** How the broker knows its clients. */
    public enum Login {
        SCRAM_512("SASL_SSL", "SCRAM-SHA-512"),
        SCRAM_256("SASL_SSL", "SCRAM-SHA-256"),
        PLAIN("SASL_SSL", "PLAIN"),
        SCRAM_512_UNENCRYPTED("SASL_PLAINTEXT", "SCRAM-SHA-512"),
        PLAIN_UNENCRYPTED("SASL_PLAINTEXT", "PLAIN"),
        CERTIFICATE("SSL", "");

        final String protocol;

        /** Empty where there is none. */
        final String mechanism;

        Login(String protocol, String mechanism) {
            this.protocol = protocol;
            this.mechanism = mechanism;
        }

        boolean isEncrypted() {
            return protocol.endsWith("SSL");
        }
    }

    private static final String REDIS_PASSWORD = "letters-and-digits-1";

    private final TestAuthority authority = new TestAuthority();
    private final Map<Certificate, Identity> identities = new EnumMap<>(Certificate.class);
    private final int redisPort = Ports.free();
    private final SecuredBroker broker;
    private final Infrastructure servers;

    /** Returns when the broker runs and knows the accounts. */
    public SecuredServers() throws Exception {
        Infrastructure.ServerPorts usual = Infrastructure.ServerPorts.free();
        for (Certificate kind : Certificate.values()) {
            identities.put(kind, authority.issue(kind.name(), kind.builder()));
        }
        broker = new SecuredBroker(authority, identities, usual);
        servers = Infrastructure.disposable(TestServers.temporaryFolder(), usual, broker.settings());
        servers.kafka().start();
        broker.addAccounts(servers.kafka().bootstrapServers());
    }

    public Infrastructure servers() {
        return servers;
    }

    /** Starts PostgreSQL and Redis too, with TLS and the account of docs/operations.md. */
    public void secureDatabases() throws Exception {
        servers.postgres().start();
        servers.redis().start();
        String account = Repository.read("docs/operations.md")
                .lines()
                .filter(line -> line.startsWith("ACL SETUSER belfry "))
                .findFirst()
                .orElseThrow()
                .replace(">password", ">" + REDIS_PASSWORD);
        redis(commands -> commands.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), words(account)));
        show(Certificate.RIGHT);
        redis(commands ->
                commands.configSet(Map.of("tls-auth-clients", "no", "tls-port", Integer.toString(redisPort))));
    }

    private static CommandArgs<String, String> words(String call) {
        List<String> words = List.of(call.split(" "));
        return new CommandArgs<>(StringCodec.UTF8).addValues(words.subList(1, words.size()));
    }

    /** New connections to PostgreSQL and Redis see this certificate from now on. */
    public void show(Certificate kind) throws Exception {
        Identity shown = Objects.requireNonNull(identities.get(kind));
        String certificate = shown.chain().toString();
        String key = shown.key().toString();
        try (Connection connection =
                        DriverManager.getConnection(servers.postgres().jdbcUrl(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET ssl_cert_file = '" + certificate + "'");
            statement.execute("ALTER SYSTEM SET ssl_key_file = '" + key + "'");
            statement.execute("ALTER SYSTEM SET ssl = on");
            statement.execute("SELECT pg_reload_conf()");
        }
        String root = authority.root().toString();
        redis(commands -> commands.configSet(
                Map.of("tls-cert-file", certificate, "tls-key-file", key, "tls-ca-cert-file", root)));
    }

    /** What Redis answers by its usual port, where the tests have all rights. */
    public <T> T redis(Function<RedisCommands<String, String>, T> call) {
        RedisClient client = RedisClient.create(servers.redis().url());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return call.apply(connection.sync());
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    /** Where the sockets of Redis that speak TLS are. */
    public int redisPort() {
        return redisPort;
    }

    /** What a service has to know of the databases. */
    public Map<String, String> databases() {
        String root = authority.root().toString();
        return Map.of(
                "BELFRY_DATABASE_URL",
                servers.postgres().jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + root,
                "BELFRY_DATABASE_USER",
                servers.postgres().user(),
                "BELFRY_REDIS_URL",
                "rediss://belfry:" + REDIS_PASSWORD + "@127.0.0.1:" + redisPort,
                "BELFRY_REDIS_CA",
                root);
    }

    /** What a client has to know to be let in as this account, where the broker's certificate is this one. */
    public Map<String, String> environment(String account, Certificate certificate) {
        return broker.environment(account, Login.SCRAM_512, certificate);
    }

    /** What a client has to know to be let in as this account, known in this way. */
    public Map<String, String> environment(String account, Login login) {
        return broker.environment(account, login, Certificate.RIGHT);
    }
}
