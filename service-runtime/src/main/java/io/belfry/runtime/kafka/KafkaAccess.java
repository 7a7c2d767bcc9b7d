package io.belfry.runtime.kafka;

import io.belfry.runtime.settings.Variables;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * Where the brokers are and as whom they are met: {@code BELFRY_KAFKA_BOOTSTRAP} and what belongs to it. Every client of a
 * service is made with it. Shows no password.
 *
 * @param bootstrap addresses, separated by commas
 * @param security settings of Kafka's clients; empty = neither encrypted nor with an account
 */
public record KafkaAccess(String bootstrap, Map<String, Object> security) {

    private static final String PROTOCOL = "BELFRY_KAFKA_SECURITY_PROTOCOL";

    public KafkaAccess {
        security = Map.copyOf(security);
    }

    /** Neither encrypted nor with an account. */
    public static KafkaAccess plain(String bootstrap) {
        return new KafkaAccess(bootstrap, Map.of());
    }

    /** @throws IllegalArgumentException naming the variable that is wrong or missing */
    public static KafkaAccess of(Variables variables) {
        SecurityProtocol protocol =
                SecurityProtocol.valueOf(variables.choice(PROTOCOL, "PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"));
        Map<String, Object> security = new HashMap<>();
        if (protocol != SecurityProtocol.PLAINTEXT) {
            security.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
        }
        if (protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL) {
            String mechanism =
                    variables.choice("BELFRY_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN");
            security.put(SaslConfigs.SASL_MECHANISM, mechanism);
            security.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    "%s required username=%s password=%s;"
                            .formatted(
                                    (mechanism.equals("PLAIN") ? PlainLoginModule.class : ScramLoginModule.class)
                                            .getName(),
                                    quoted(variables, "BELFRY_KAFKA_USER"),
                                    quoted(variables, "BELFRY_KAFKA_PASSWORD")));
        }
        if (protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL) {
            pem(variables, "BELFRY_KAFKA_CA", "ssl.truststore", security);
            pem(variables, "BELFRY_KAFKA_CERTIFICATE", "ssl.keystore", security);
        }
        return new KafkaAccess(variables.text("BELFRY_KAFKA_BOOTSTRAP", "127.0.0.1:19092"), security);
    }

    private static String quoted(Variables variables, String name) {
        String value = variables.verbatim(name);
        if (value == null) {
            throw Variables.invalid(name, "must be set with this " + PROTOCOL);
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void pem(Variables variables, String name, String store, Map<String, Object> security) {
        Path file = variables.file(name);
        if (file != null) {
            security.put(store + ".type", "PEM");
            security.put(store + ".location", file.toString());
        }
    }

    /** These settings of a client, and how it reaches the brokers. */
    public Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        all.putAll(security);
        return all;
    }

    @Override
    public String toString() {
        return bootstrap;
    }
}
