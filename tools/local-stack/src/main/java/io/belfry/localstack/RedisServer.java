package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ForwardingProcess;

/** One Redis without password that writes every change to its append-only file. */
public final class RedisServer extends ForwardingProcess {

    private final int port;

    /** @param process answers on the port */
    public RedisServer(ControlledProcess process, int port) {
        super(process);
        this.port = port;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }
}
