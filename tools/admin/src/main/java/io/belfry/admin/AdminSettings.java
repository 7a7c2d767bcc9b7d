package io.belfry.admin;

import io.belfry.events.names.Topics;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.settings.Variables;
import java.util.Map;

/** The installation that is meant, named by the variables that its services have, with the same defaults. */
public record AdminSettings(
        KafkaAccess kafka, Topics topics, String databaseUrl, String databaseUser, String databasePassword) {

    /** @throws IllegalArgumentException naming the variable that is wrong */
    public static AdminSettings from(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        return new AdminSettings(
                KafkaAccess.of(variables),
                new Topics(variables.text("BELFRY_KAFKA_TOPIC_PREFIX", "")),
                variables.text("BELFRY_DATABASE_URL", "jdbc:postgresql://127.0.0.1:15432/belfry"),
                variables.text("BELFRY_DATABASE_USER", "belfry"),
                variables.text("BELFRY_DATABASE_PASSWORD", ""));
    }

    @Override
    public String toString() {
        return "AdminSettings[" + kafka + ", " + databaseUrl + "]";
    }
}
