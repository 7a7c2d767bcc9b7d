package io.belfry.localstack.system;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ForwardingProcess;
import java.nio.file.Path;

/** One running or startable instance of a service, on loopback. */
public final class Service extends ForwardingProcess {

    private final ServiceKind kind;
    private final int port;
    private final int managementPort;
    private final Path log;

    Service(ControlledProcess process, ServiceKind kind, int port, int managementPort, Path log) {
        super(process);
        this.kind = kind;
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

    public String address() {
        return "http://127.0.0.1:" + port;
    }
}
