package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Parallel;
import io.belfry.localstack.process.Ports;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The servers as children of this JVM, with data and logs in one folder. */
final class EmbeddedInfrastructure implements Infrastructure {

    record PortNumbers(int postgres, int kafka, int kafkaController, int redis) {
        static PortNumbers free() {
            return new PortNumbers(Ports.free(), Ports.free(), Ports.free(), Ports.free());
        }
    }

    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final RedisServer redis;

    /** @param durable whether what is confirmed survives a power failure; tests do without, which is faster */
    EmbeddedInfrastructure(Path folder, PortNumbers ports, boolean durable) {
        this(folder, ports, durable, null);
    }

    EmbeddedInfrastructure(Path folder, PortNumbers ports, boolean durable, @Nullable KafkaSideDoor sideDoor) {
        Path absolute = folder.toAbsolutePath();
        postgres = new PostgresServer(
                new EmbeddedPostgres(absolute, ports.postgres(), durable).process(), ports.postgres());
        kafka = new KafkaServer(
                new EmbeddedKafka(absolute, ports.kafka(), ports.kafkaController(), sideDoor).process(), ports.kafka());
        redis = new RedisServer(new EmbeddedRedis(absolute, ports.redis()).process(), ports.redis());
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
