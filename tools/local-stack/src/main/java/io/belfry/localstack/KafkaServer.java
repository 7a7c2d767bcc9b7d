package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;

/** One Kafka broker (KRaft) that makes no topic by itself; offsets and transactions work as in a cluster of one. */
public final class KafkaServer extends Server {

    public KafkaServer(ControlledProcess process, int port) {
        super(process, port);
    }

    /** Address for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }
}
