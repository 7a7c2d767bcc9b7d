package io.belfry.localstack;

import io.belfry.localstack.KafkaServer.Life;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Parallel;
import io.belfry.localstack.process.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** PostgreSQL, Kafka and Redis, on loopback. */
public interface Infrastructure extends AutoCloseable {

    PostgresServer postgres();

    KafkaServer kafka();

    RedisServer redis();

    default List<ControlledProcess> all() {
        return List.of(postgres(), kafka(), redis());
    }

    /** Stops what runs. */
    @Override
    default void close() {
        Parallel.run(all(), ControlledProcess::stop);
    }

    /** Servers that are there. */
    record Servers(PostgresServer postgres, KafkaServer kafka, RedisServer redis) implements Infrastructure {}

    /** Where each server listens. */
    record ServerPorts(int postgres, int kafka, int kafkaController, int redis) {

        public static ServerPorts free() {
            return new ServerPorts(Ports.free(), Ports.free(), Ports.free(), Ports.free());
        }
    }

    /**
     * Servers as child processes that keep their data in a folder over any number of runs, with nothing traded for
     * speed. None is started yet.
     */
    static Infrastructure durable(Path folder, ServerPorts ports) {
        return embedded(folder, ports, true, Life.SHORT, Map.of());
    }

    /** Servers as child processes on free ports for a short life: a crash of the machine may cost data, one of a server does not. */
    static Infrastructure disposable(Path folder) {
        return disposable(folder, ServerPorts.free(), Map.of());
    }

    /**
     * As {@link #disposable(Path)}, on these ports.
     *
     * @param brokerSettings properties of the broker on top of the usual ones
     */
    static Infrastructure disposable(Path folder, ServerPorts ports, Map<String, String> brokerSettings) {
        return embedded(folder, ports, false, Life.SHORT, brokerSettings);
    }

    /** As {@link #disposable(Path)}; the broker keeps its run, when it is stopped, for its next starts. */
    static Infrastructure training(Path folder) {
        return embedded(folder, ServerPorts.free(), false, Life.TRAINING, Map.of());
    }

    /** As {@link #durable}, for measuring: the broker's JVM and its heartbeats are those of production. */
    static Infrastructure measured(Path folder) {
        Map<String, String> defaults =
                Map.of("broker.heartbeat.interval.ms", "2000", "broker.session.timeout.ms", "9000");
        return embedded(folder, ServerPorts.free(), true, Life.LONG, defaults);
    }

    private static Infrastructure embedded(
            Path folder, ServerPorts ports, boolean durable, Life life, Map<String, String> brokerSettings) {
        Path absolute = folder.toAbsolutePath();
        return new Servers(
                PostgresServer.embedded(absolute, ports.postgres(), durable),
                KafkaServer.embedded(absolute, ports.kafka(), ports.kafkaController(), life, brokerSettings),
                RedisServer.embedded(absolute, ports.redis()));
    }
}
