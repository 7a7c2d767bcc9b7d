package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;

/** One Redis without password that writes every change to its append-only file. */
public final class RedisServer extends Server {

    public RedisServer(ControlledProcess process, int port) {
        super(process, port);
    }

    public String url() {
        return "redis://127.0.0.1:" + port();
    }
}
