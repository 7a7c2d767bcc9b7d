package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Parallel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The servers as children of this JVM, with data and logs in one folder. */
final class EmbeddedInfrastructure implements Infrastructure {

    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final RedisServer redis;

    /**
     * @param durable whether what is confirmed survives a power failure; tests do without, which is faster
     * @param brokerSettings properties of the broker on top of the usual ones
     */
    EmbeddedInfrastructure(Path folder, ServerPorts ports, boolean durable, Map<String, String> brokerSettings) {
        Path absolute = folder.toAbsolutePath();
        postgres = new PostgresServer(
                new EmbeddedPostgres(absolute, ports.postgres(), durable).process(), ports.postgres());
        kafka = new KafkaServer(
                EmbeddedKafka.process(absolute, ports.kafka(), ports.kafkaController(), brokerSettings), ports.kafka());
        redis = new RedisServer(EmbeddedRedis.process(absolute, ports.redis()), ports.redis());
    }

    @Override
    public PostgresServer postgres() {
        return postgres;
    }

    @Override
    public KafkaServer kafka() {
        return kafka;
    }

    @Override
    public RedisServer redis() {
        return redis;
    }

    @Override
    public void close() {
        Parallel.run(List.of(kafka, postgres, redis), ControlledProcess::stop);
    }
}
