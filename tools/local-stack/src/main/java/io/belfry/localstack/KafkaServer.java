package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ForwardingProcess;

/** One Kafka broker (KRaft) that makes no topic by itself; offsets and transactions work as in a cluster of one. */
public final class KafkaServer extends ForwardingProcess {

    private final int port;

    /** @param process answers on the port */
    public KafkaServer(ControlledProcess process, int port) {
        super(process);
        this.port = port;
    }

    public int port() {
        return port;
    }

    /** Address for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }
}
