package io.belfry.kit.servers;

import io.belfry.kit.contract.Repository;
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
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Servers for one test alone that speak TLS and know accounts. Their authority is made for the test, and an account has no
 * right but those of docs/operations.md. The broker has a listener for each kind of certificate; PostgreSQL and Redis, once
 * {@linkplain #secureDatabases() secured}, show one at a time.
 */
public final class SecuredServers {

    /** A server's, by its fault. */
    public enum Certificate {
        RIGHT,
        FOR_ANOTHER_HOST,
        EXPIRED
    }

    private static final List<String> ACCOUNTS = List.of("api", "gateway", "persister", "exams");

    /** With what a settings file would have to quote. */
    private static final String PASSWORD = "se\"cr\\et;";

    private static final String REDIS_PASSWORD = "letters-and-digits-1";

    private final Path folder = TestServers.temporaryFolder();
    private final Map<Certificate, Integer> ports = new EnumMap<>(Certificate.class);
    private final int redisPort = Ports.free();
    private final Infrastructure servers;

    /** Returns when the broker runs and knows the accounts. */
    public SecuredServers() throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=Authority of a test")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
        Infrastructure.ServerPorts usual = Infrastructure.ServerPorts.free();
        StringBuilder listeners = new StringBuilder("PLAINTEXT://127.0.0.1:" + usual.kafka());
        StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        Map<String, String> settings = new HashMap<>();
        for (Certificate kind : Certificate.values()) {
            ports.put(kind, Ports.free());
            String name = kind.name().replace("_", "");
            listeners.append(",%s://127.0.0.1:%d".formatted(name, ports.get(kind)));
            protocols.append(",%s:SASL_SSL".formatted(name));
            X509Bundle issued = certificate(kind).buildIssuedBy(authority);
            Path file = Files.writeString(
                    folder.resolve(name + ".pem"), issued.getPrivateKeyPEM() + issued.getCertificatePathPEM());
            Path key = Files.writeString(folder.resolve(kind + ".key"), issued.getPrivateKeyPEM());
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(folder.resolve(kind + ".crt"), issued.getCertificatePathPEM());
            String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
            settings.put(prefix + "ssl.keystore.type", "PEM");
            settings.put(prefix + "ssl.keystore.location", file.toString());
            settings.put(prefix + "sasl.enabled.mechanisms", "SCRAM-SHA-512");
            settings.put(
                    prefix + "scram-sha-512.sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
        settings.put("advertised.listeners", listeners.toString());
        settings.put("listeners", listeners + ",CONTROLLER://127.0.0.1:" + usual.kafkaController());
        settings.put("listener.security.protocol.map", protocols.toString());
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // Those of the usual listener: the tests themselves.
        settings.put("super.users", "User:ANONYMOUS");
        servers = Infrastructure.disposable(folder, usual, settings);
        servers.kafka().start();
        addAccounts();
    }

    private static CertificateBuilder certificate(Certificate kind) {
        CertificateBuilder builder = new CertificateBuilder().ecp256().subject("CN=A server");
        Instant now = Instant.now();
        return switch (kind) {
            case RIGHT -> builder.addSanIpAddress("127.0.0.1");
            case FOR_ANOTHER_HOST -> builder.addSanDnsName("elsewhere.example");
            case EXPIRED ->
                builder.addSanIpAddress("127.0.0.1")
                        .notBefore(now.minus(Duration.ofDays(2)))
                        .notAfter(now.minus(Duration.ofDays(1)));
        };
    }

    private void addAccounts() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
            ScramCredentialInfo kind = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096);
            admin.alterUserScramCredentials(ACCOUNTS.stream()
                            .<UserScramCredentialAlteration>map(
                                    name -> new UserScramCredentialUpsertion(name, kind, PASSWORD))
                            .toList())
                    .all()
                    .get(30, TimeUnit.SECONDS);
            admin.createAcls(Repository.read("docs/operations.md")
                            .lines()
                            .filter(line -> line.startsWith("$A "))
                            .flatMap(line -> rights(List.of(line.split(" "))))
                            .toList())
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    /** What a call of kafka-acls.sh with these words allows. */
    private static Stream<AclBinding> rights(List<String> words) {
        Map<String, List<String>> options = new HashMap<>();
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i - 1).startsWith("--")) {
                options.computeIfAbsent(words.get(i - 1), any -> new ArrayList<>())
                        .add(words.get(i));
            }
        }
        PatternType pattern =
                options.containsKey("--resource-pattern-type") ? PatternType.PREFIXED : PatternType.LITERAL;
        AccessControlEntry entry = new AccessControlEntry(
                Objects.requireNonNull(options.get("--allow-principal")).get(0),
                "*",
                AclOperation.fromString(
                        Objects.requireNonNull(options.get("--operation")).get(0)),
                AclPermissionType.ALLOW);
        List<ResourcePattern> resources = new ArrayList<>();
        options.getOrDefault("--topic", List.of())
                .forEach(name -> resources.add(new ResourcePattern(ResourceType.TOPIC, name, pattern)));
        options.getOrDefault("--group", List.of())
                .forEach(name -> resources.add(new ResourcePattern(ResourceType.GROUP, name, pattern)));
        if (words.contains("--cluster")) {
            resources.add(new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL));
        }
        return resources.stream().map(resource -> new AclBinding(resource, entry));
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
        String certificate = folder.resolve(kind + ".crt").toString();
        String key = folder.resolve(kind + ".key").toString();
        try (Connection connection =
                        DriverManager.getConnection(servers.postgres().jdbcUrl(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET ssl_cert_file = '" + certificate + "'");
            statement.execute("ALTER SYSTEM SET ssl_key_file = '" + key + "'");
            statement.execute("ALTER SYSTEM SET ssl = on");
            statement.execute("SELECT pg_reload_conf()");
        }
        String authority = folder.resolve("ca.pem").toString();
        redis(commands -> commands.configSet(
                Map.of("tls-cert-file", certificate, "tls-key-file", key, "tls-ca-cert-file", authority)));
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
        String authority = folder.resolve("ca.pem").toString();
        return Map.of(
                "BELFRY_DATABASE_URL",
                servers.postgres().jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + authority,
                "BELFRY_DATABASE_USER",
                servers.postgres().user(),
                "BELFRY_REDIS_URL",
                "rediss://belfry:" + REDIS_PASSWORD + "@127.0.0.1:" + redisPort,
                "BELFRY_REDIS_CA",
                authority);
    }

    /** What a client has to know to be let in as this account, where the broker's certificate is this one. */
    public Map<String, String> environment(String account, Certificate broker) {
        return new HashMap<>(Map.of(
                "BELFRY_KAFKA_BOOTSTRAP",
                "127.0.0.1:" + ports.get(broker),
                "BELFRY_KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "BELFRY_KAFKA_USER",
                account,
                "BELFRY_KAFKA_PASSWORD",
                PASSWORD,
                "BELFRY_KAFKA_CA",
                folder.resolve("ca.pem").toString()));
    }
}
