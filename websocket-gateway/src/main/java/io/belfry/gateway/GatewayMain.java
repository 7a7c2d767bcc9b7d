package io.belfry.gateway;

import io.belfry.runtime.settings.Variables;
import java.time.Clock;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Runs a gateway until SIGTERM, which drains it; exits 0 after that, 1 if it could not start or has died. */
public final class GatewayMain {

    private GatewayMain() {}

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        chooseLogFormat(environment);
        Gateway gateway = startOrExit(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(gateway), "shutdown"));
    }

    /** Before the first logger is made: see logback.xml. */
    private static void chooseLogFormat(Map<String, String> environment) {
        System.setProperty("belfry.log.format", GatewayConfig.isLogJson(new Variables(environment)) ? "json" : "text");
    }

    private static Gateway startOrExit(Map<String, String> environment) {
        try {
            Gateway gateway = new Gateway(
                    GatewayConfig.fromEnvironment(environment),
                    Clock.systemUTC(),
                    () -> Runtime.getRuntime().halt(1));
            gateway.start();
            return gateway;
        } catch (Exception e) {
            LoggerFactory.getLogger(GatewayMain.class).debug("cannot start", e);
            System.err.println("websocket-gateway cannot start: " + e.getMessage());
            Runtime.getRuntime().halt(1);
            throw e;
        }
    }

    private static void shutDown(Gateway gateway) {
        try {
            gateway.drain();
        } finally {
            gateway.close();
            // A planned stop is a success; left to itself the JVM would answer 143.
            Runtime.getRuntime().halt(0);
        }
    }
}
