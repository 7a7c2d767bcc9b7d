package io.belfry.localstack.system;

import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.localstack.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One running or startable instance of a service, on loopback. */
public final class Service extends ChildProcess {

    private final ProcessSpec spec;
    private final ServiceKind kind;
    private final int port;
    private final int managementPort;

    private Service(ProcessSpec spec, ServiceKind kind, int port, int managementPort) {
        super(spec, Readiness.http(URI.create("http://127.0.0.1:" + managementPort + kind.readinessPath())));
        this.spec = spec;
        this.kind = kind;
        this.port = port;
        this.managementPort = managementPort;
    }

    /**
     * A service that is not started yet.
     *
     * @param java     the program with its options
     * @param folder   its working directory, and where its log is
     * @param settings its whole environment but for what is missing of ports and addresses
     */
    static Service of(
            ServiceKind kind, String name, List<String> java, Path jar, Path folder, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putIfAbsent(kind.addressVariable(), "127.0.0.1");
        int port = port(environment, kind.portVariable());
        int managementPort = port(environment, kind.managementPortVariable());
        ProcessSpec spec = new ProcessSpec(
                name,
                Stream.concat(java.stream(), Stream.of("-jar", jar.toString())).toList(),
                environment,
                folder,
                folder.resolve("logs").resolve(name + ".log"),
                "TERM",
                Duration.ofSeconds(90),
                Duration.ofSeconds(30));
        return new Service(spec, kind, port, managementPort);
    }

    public ServiceKind kind() {
        return kind;
    }

    public int port() {
        return port;
    }

    /** Where health and metrics are asked for; only the gateway has a port of its own for that. */
    public int managementPort() {
        return managementPort;
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** What it printed, over all its starts. */
    public Path log() {
        return spec.log();
    }

    /** All its variables, those of its ports among them. */
    Map<String, String> environment() {
        return spec.environment();
    }

    private static int port(Map<String, String> environment, String variable) {
        return Integer.parseInt(environment.computeIfAbsent(variable, chosen -> String.valueOf(Ports.free())));
    }
}
