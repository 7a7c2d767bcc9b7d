package io.belfry.persister;

import io.belfry.persister.startup.PersisterSettings;
import io.belfry.persister.startup.StartupConfiguration;
import io.belfry.runtime.settings.StartSettings;
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
@Import({PersisterConfiguration.class, StartupConfiguration.class})
public class PersisterMain {

    /** Settings are environment variables, as the README lists them. */
    public static void main(String[] arguments) {
        start(StartSettings.readOrExit("notification-persister", PersisterSettings::fromEnvironment));
    }

    /** A persister that is started; close it to stop it. */
    public static ConfigurableApplicationContext start(PersisterSettings settings) {
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
        return properties;
    }
}
