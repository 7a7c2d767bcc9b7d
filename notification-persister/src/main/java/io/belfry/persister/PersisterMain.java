package io.belfry.persister;

import io.belfry.persister.restore.CommandLog;
import io.belfry.persister.restore.NewEpochCommand;
import io.belfry.persister.startup.PersisterSettings;
import io.belfry.persister.startup.StartupConfiguration;
import io.belfry.runtime.settings.StartSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Starts the persister. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({PersisterConfiguration.class, StartupConfiguration.class})
@SuppressWarnings("SystemOut") // before there is a log
public class PersisterMain {

    /** Settings are environment variables, as the README lists them. */
    public static void main(String[] arguments) {
        PersisterSettings settings =
                StartSettings.readOrExit("notification-persister", PersisterSettings::fromEnvironment);
        if (arguments.length > 0 && arguments[0].equals(NewEpochCommand.NAME)) {
            System.exit(newEpoch(Arrays.asList(arguments).subList(1, arguments.length), settings));
        }
        start(settings);
    }

    private static int newEpoch(List<String> arguments, PersisterSettings settings) {
        CommandLog.begin();
        try {
            return new NewEpochCommand(settings, PersisterConfiguration.GROUP).run(arguments);
        } catch (InterruptedException e) {
            return 1;
        } catch (IllegalArgumentException e) {
            System.err.println("notification-persister: " + e.getMessage());
            return 2;
        } catch (KafkaException | DataAccessException | TransactionException e) {
            System.err.println("notification-persister: " + e.getMessage());
            return 1;
        }
    }

    /** A persister that is started; close it to stop it. */
    static ConfigurableApplicationContext start(PersisterSettings settings) {
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
