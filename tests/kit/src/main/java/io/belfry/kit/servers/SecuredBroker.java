package io.belfry.kit.servers;

import io.belfry.kit.contract.Repository;
import io.belfry.kit.servers.SecuredServers.Certificate;
import io.belfry.kit.servers.SecuredServers.Login;
import io.belfry.kit.servers.TestAuthority.Identity;
import io.belfry.localstack.Infrastructure.ServerPorts;
import io.belfry.localstack.process.Ports;
import io.netty.pkitesting.CertificateBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** A broker's doors beside the usual one: a listener for each kind of login and of certificate; and who may do what. */
final class SecuredBroker {

    private static final List<String> ACCOUNTS = List.of("api", "gateway", "persister", "exams");

    /** With what a settings file would have to quote. */
    private static final String PASSWORD = "se\"cr\\et;";

    private final TestAuthority authority;
    private final Map<Certificate, Identity> identities;
    private final Map<String, String> clients = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final StringBuilder listeners;
    private final StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");

    /** @param identities what it shows */
    SecuredBroker(TestAuthority authority, Map<Certificate, Identity> identities, ServerPorts usual) throws Exception {
        this.authority = authority;
        this.identities = identities;
        for (String account : ACCOUNTS) {
            CertificateBuilder certificate = new CertificateBuilder().ecp256().subject("CN=" + account);
            clients.put(account, authority.issue(account, certificate).both().toString());
        }
        this.listeners = new StringBuilder("PLAINTEXT://127.0.0.1:" + usual.kafka());
        for (Login login : Login.values()) {
            open(login, Certificate.RIGHT);
        }
        open(Login.SCRAM_512, Certificate.FOR_ANOTHER_HOST);
        open(Login.SCRAM_512, Certificate.EXPIRED);
        settings.put("advertised.listeners", listeners.toString());
        settings.put("listeners", listeners + ",CONTROLLER://127.0.0.1:" + usual.kafkaController());
        settings.put("listener.security.protocol.map", protocols.toString());
        settings.put("ssl.principal.mapping.rules", "RULE:^CN=(.*)$/$1/");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // Those of the usual listener: the tests themselves.
        settings.put("super.users", "User:ANONYMOUS");
    }

    private static String name(Login login, Certificate certificate) {
        return (login.name() + certificate.name()).replace("_", "");
    }

    private void open(Login login, Certificate certificate) {
        String name = name(login, certificate);
        int port = Ports.free();
        ports.put(name, port);
        listeners.append(",%s://127.0.0.1:%d".formatted(name, port));
        protocols.append(",%s:%s".formatted(name, login.protocol));
        String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
        if (login.isEncrypted()) {
            trust(
                    prefix,
                    "keystore",
                    Objects.requireNonNull(identities.get(certificate)).both());
        }
        if (login == Login.CERTIFICATE) {
            trust(prefix, "truststore", authority.root());
            settings.put(prefix + "ssl.client.auth", "required");
        } else {
            settings.put(prefix + "sasl.enabled.mechanisms", login.mechanism);
            settings.put(prefix + login.mechanism.toLowerCase(Locale.ROOT) + ".sasl.jaas.config", accountsOf(login));
        }
    }

    private void trust(String listener, String store, Path file) {
        settings.put(listener + "ssl." + store + ".type", "PEM");
        settings.put(listener + "ssl." + store + ".location", file.toString());
    }

    private static String accountsOf(Login login) {
        if (!login.mechanism.equals("PLAIN")) {
            return ScramLoginModule.class.getName() + " required;"; // the broker keeps them itself
        }
        StringBuilder accounts = new StringBuilder(PlainLoginModule.class.getName() + " required");
        String quoted = PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"");
        ACCOUNTS.forEach(name -> accounts.append(" user_%s=\"%s\"".formatted(name, quoted)));
        // Of a file of properties, in which a backslash is two.
        return accounts.append(';').toString().replace("\\", "\\\\");
    }

    /** What the broker has to be started with. */
    Map<String, String> settings() {
        return settings;
    }

    /** @param bootstrap of the running broker's usual listener */
    void addAccounts(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                ScramCredentialInfo kind = new ScramCredentialInfo(mechanism, 4_096);
                admin.alterUserScramCredentials(ACCOUNTS.stream()
                                .<UserScramCredentialAlteration>map(
                                        name -> new UserScramCredentialUpsertion(name, kind, PASSWORD))
                                .toList())
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
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

    /** What a client has to know to be let in as this account. */
    Map<String, String> environment(String account, Login login, Certificate certificate) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "BELFRY_KAFKA_BOOTSTRAP",
                "127.0.0.1:" + ports.get(name(login, certificate)),
                "BELFRY_KAFKA_SECURITY_PROTOCOL",
                login.protocol));
        if (login.isEncrypted()) {
            environment.put("BELFRY_KAFKA_CA", authority.root().toString());
        }
        if (login == Login.CERTIFICATE) {
            environment.put("BELFRY_KAFKA_CERTIFICATE", clients.get(account));
        } else {
            environment.put("BELFRY_KAFKA_USER", account);
            environment.put("BELFRY_KAFKA_PASSWORD", PASSWORD);
            environment.put("BELFRY_KAFKA_SASL_MECHANISM", login.mechanism);
        }
        return environment;
    }
}
