package io.belfry.gateway;

import io.belfry.runtime.settings.StartSettings;
import java.time.Clock;
import org.slf4j.LoggerFactory;

/** Runs a gateway until SIGTERM, which drains it; exits 0 after that, 2 for a wrong setting, 1 if it could not
 * start or has died. */
public final class GatewayMain {

    private GatewayMain() {}

    public static void main(String[] args) {
        GatewayConfig config = StartSettings.readOrExit("websocket-gateway", GatewayConfig::fromEnvironment);
        Gateway gateway = startOrExit(config);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(gateway), "shutdown"));
    }

    private static Gateway startOrExit(GatewayConfig config) {
        try {
            Gateway gateway = new Gateway(
                    config, Clock.systemUTC(), () -> Runtime.getRuntime().halt(1));
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
