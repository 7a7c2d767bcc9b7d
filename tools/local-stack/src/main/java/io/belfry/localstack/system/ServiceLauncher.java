package io.belfry.localstack.system;

import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.localstack.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes services of built jars: chooses their ports and puts their environment together. */
final class ServiceLauncher {

    private static final String MANAGEMENT_PORT = "BELFRY_GATEWAY_MANAGEMENT_PORT";

    private final Checkout checkout;
    private final Path folder;
    private final List<String> javaOptions;
    private final Map<String, String> backends;

    ServiceLauncher(Checkout checkout, Path folder, List<String> javaOptions, Map<String, String> backends) {
        this.checkout = checkout;
        this.folder = folder;
        this.javaOptions = javaOptions;
        this.backends = backends;
    }

    /** What every service of this stack is given before anything said for it in particular. */
    Map<String, String> backends() {
        return backends;
    }

    /**
     * A service that is not started yet.
     *
     * @param settings its whole environment but for what is missing of ports and addresses
     */
    Service service(ServiceKind kind, String name, Map<String, String> settings) {
        return service(checkout, kind, name, settings);
    }

    /** The same service, not started yet, from another checkout: on the same ports, with the same log. */
    Service another(Service service, Checkout version) {
        return service(version, service.kind(), service.name(), service.environment());
    }

    private Service service(Checkout version, ServiceKind kind, String name, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        int port = port(environment, kind.portVariable());
        int managementPort = kind == ServiceKind.GATEWAY ? port(environment, MANAGEMENT_PORT) : port;
        environment.putIfAbsent(kind.addressVariable(), "127.0.0.1");
        Path log = folder.resolve("logs").resolve(name + ".log");
        ProcessSpec spec = new ProcessSpec(
                name,
                command(kind, version.jar(kind)),
                environment,
                folder,
                log,
                "TERM",
                Duration.ofSeconds(90),
                Duration.ofSeconds(30));
        URI readiness = URI.create("http://127.0.0.1:" + managementPort + kind.readinessPath());
        return new Service(
                new ChildProcess(spec, Readiness.http(readiness)), kind, environment, port, managementPort, log);
    }

    private List<String> command(ServiceKind kind, Path jar) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        if (kind == ServiceKind.PERSISTER) {
            command.remove(
                    StackBuilder.EXIT_WITHOUT_MEMORY); // a record may need more than there is: it is stepped over
        }
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    private static int port(Map<String, String> environment, String variable) {
        String port = environment.computeIfAbsent(variable, chosen -> String.valueOf(Ports.free()));
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(variable + " is not a port: " + port, e);
        }
    }
}
