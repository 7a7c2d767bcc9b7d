package io.belfry.persister;

import io.belfry.persister.database.DatabaseConfiguration;
import io.belfry.persister.kafka.KafkaConfiguration;
import io.belfry.persister.ops.OpsConfiguration;
import io.belfry.persister.settings.PersisterSettings;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** Starts the persister. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({PersisterConfiguration.class, DatabaseConfiguration.class, KafkaConfiguration.class, OpsConfiguration.class})
public class PersisterMain {

    /** Settings are environment variables, as the README lists them. */
    @SuppressWarnings("SystemOut") // before there is a log
    public static void main(String[] arguments) {
        try {
            start(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("notification-persister: " + e.getMessage());
            System.exit(2);
        }
    }

    /** A persister that is started with these variables; close it to stop it. */
    static ConfigurableApplicationContext start(Map<String, String> environment) {
        PersisterSettings settings = PersisterSettings.fromEnvironment(environment);
        ConfigurableApplicationContext started = new SpringApplicationBuilder(PersisterMain.class)
                .properties(springProperties(settings))
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(PersisterSettings.class, () -> settings))
                .run();
        if (settings.failpoints().areSet()) {
            LoggerFactory.getLogger(PersisterMain.class)
                    .warn("FAULTS ARE MADE ON PURPOSE: BELFRY_FAILPOINTS sets {}", settings.failpoints());
        }
        return started;
    }

    private static Map<String, Object> springProperties(PersisterSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", settings.listener().port());
        if (settings.listener().address() != null) {
            properties.put("server.address", settings.listener().address());
        }
        if (settings.jsonLogs()) {
            properties.put("logging.structured.format.console", "logstash");
        }
        return properties;
    }
}
