package io.belfry.localstack.system;

import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.ForwardingProcess;
import java.nio.file.Path;
import java.util.Map;

/** One running or startable instance of a service, on loopback. */
public final class Service extends ForwardingProcess {

    private final ChildProcess process;
    private final ServiceKind kind;
    private final Map<String, String> environment;
    private final int port;
    private final int managementPort;
    private final Path log;

    Service(
            ChildProcess process,
            ServiceKind kind,
            Map<String, String> environment,
            int port,
            int managementPort,
            Path log) {
        super(process);
        this.process = process;
        this.kind = kind;
        this.environment = Map.copyOf(environment);
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
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

    /** What it printed, over all its starts. */
    public Path log() {
        return log;
    }

    /** The operating system's number of the running process. */
    public long pid() {
        return process.pid();
    }

    /** As {@link ChildProcess#exitCode}. */
    public int exitCode() {
        return process.exitCode();
    }

    /** All its variables, those of its ports among them. */
    Map<String, String> environment() {
        return environment;
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }
}
