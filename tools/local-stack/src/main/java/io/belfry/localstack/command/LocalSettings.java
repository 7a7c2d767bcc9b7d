package io.belfry.localstack.command;

import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.system.Checkout;
import io.belfry.localstack.system.ServiceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the environment says about the stack of this machine.
 *
 * @param folder   where data, logs and the secret are kept
 * @param ports    by the variable that sets each, in the order in which they are looked at
 * @param services every other {@code BELFRY_*} variable, handed to all services
 */
record LocalSettings(Path folder, Map<String, Integer> ports, Map<String, String> services) {

    static final String FOLDER = "BELFRY_LOCAL_FOLDER";
    static final String POSTGRES_PORT = "BELFRY_LOCAL_POSTGRES_PORT";
    static final String KAFKA_PORT = "BELFRY_LOCAL_KAFKA_PORT";
    static final String KAFKA_CONTROLLER_PORT = "BELFRY_LOCAL_KAFKA_CONTROLLER_PORT";
    static final String REDIS_PORT = "BELFRY_LOCAL_REDIS_PORT";

    /** The stack says these itself: they name its own servers. */
    private static final Set<String> DECIDED_HERE = Set.of(
            "BELFRY_DATABASE_URL",
            "BELFRY_DATABASE_USER",
            "BELFRY_DATABASE_PASSWORD",
            "BELFRY_KAFKA_BOOTSTRAP",
            "BELFRY_REDIS_URL");

    static LocalSettings from(Map<String, String> environment) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        usualPorts().forEach((variable, usual) -> ports.put(variable, port(environment, variable, usual)));
        Path folder = Checkout.current().root().resolve(environment.getOrDefault(FOLDER, ".local"));
        Map<String, String> services = environment.entrySet().stream()
                .filter(entry -> isForServices(entry.getKey()) && !ports.containsKey(entry.getKey()))
                // As for the services, a blank variable is an absent one.
                .filter(entry -> !entry.getValue().isBlank())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new LocalSettings(folder, ports, services);
    }

    /** @throws IllegalArgumentException if it is no variable of a port */
    int port(String variable) {
        Integer port = ports.get(variable);
        if (port == null) {
            throw new IllegalArgumentException(variable);
        }
        return port;
    }

    String apiAddress() {
        return "http://127.0.0.1:" + port(ServiceKind.API.portVariable());
    }

    String gatewayAddress() {
        return "ws://127.0.0.1:" + port(ServiceKind.GATEWAY.portVariable()) + "/ws/notifications/";
    }

    /**
     * Finds ports that another program has before anything is started on them.
     *
     * @param patience how long a port may still be held, by a former run that is being cleaned up
     * @throws ProcessFailedException naming every port that is taken and the variable that sets it
     */
    void requireFreePorts(Duration patience) throws InterruptedException {
        List<String> taken = Poll.until(patience, this::takenPorts, List::isEmpty);
        if (!taken.isEmpty()) {
            throw new ProcessFailedException("In use by another program: port " + String.join(", ", taken)
                    + ". Stop that program, or set another port by the variable.");
        }
    }

    private List<String> takenPorts() {
        return ports.entrySet().stream()
                .filter(port -> !Ports.isFree(port.getValue()))
                .map(port -> port.getValue() + " (" + port.getKey() + ")")
                .toList();
    }

    private static Map<String, Integer> usualPorts() {
        Map<String, Integer> usual = new LinkedHashMap<>();
        usual.put(POSTGRES_PORT, 15432);
        usual.put(KAFKA_PORT, 19092);
        usual.put(KAFKA_CONTROLLER_PORT, 19093);
        usual.put(REDIS_PORT, 16379);
        for (ServiceKind kind : ServiceKind.values()) {
            usual.put(kind.portVariable(), kind.usualPort());
        }
        usual.put(ServiceKind.GATEWAY.managementPortVariable(), 8091);
        return usual;
    }

    private static boolean isForServices(String variable) {
        return variable.startsWith("BELFRY_")
                && !variable.startsWith("BELFRY_LOCAL_")
                && !variable.startsWith("BELFRY_TEST_")
                && !DECIDED_HERE.contains(variable);
    }

    private static int port(Map<String, String> environment, String variable, int usual) {
        String given = environment.getOrDefault(variable, "");
        if (given.isBlank()) {
            return usual;
        }
        try {
            int port = Integer.parseInt(given.strip());
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, together with numbers that are no ports.
        }
        throw new ProcessFailedException(variable + " is not a port: " + given);
    }
}
