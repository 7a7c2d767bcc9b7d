package io.belfry.localstack;

import java.nio.file.Path;

/** PostgreSQL, Kafka and Redis, on loopback. */
public interface Infrastructure extends AutoCloseable {

    PostgresServer postgres();

    KafkaServer kafka();

    RedisServer redis();

    /** Stops what runs. */
    @Override
    void close();

    /**
     * The servers of this JVM's tests: on free ports, in a folder of their own, each started when it is first asked
     * for, all gone when the JVM ends. Whether they are containers or child processes is said by {@code
     * BELFRY_TEST_INFRA}: {@code embedded}, {@code containers}, or {@code auto} (the default: containers when a Docker
     * engine answers). Safe for use by any number of threads.
     */
    static Infrastructure forTests() {
        return TestInfrastructure.shared();
    }

    /**
     * Servers as child processes that keep their data in a folder over any number of runs, with nothing traded for
     * speed. None is started yet.
     */
    static Infrastructure durable(
            Path folder, int postgresPort, int kafkaPort, int kafkaControllerPort, int redisPort) {
        return new EmbeddedInfrastructure(
                folder,
                new EmbeddedInfrastructure.PortNumbers(postgresPort, kafkaPort, kafkaControllerPort, redisPort),
                true);
    }

    /** Servers as child processes on free ports for a short life: a crash of the machine may cost data, one of a server does not. */
    static Infrastructure disposable(Path folder) {
        return new EmbeddedInfrastructure(folder, EmbeddedInfrastructure.PortNumbers.free(), false);
    }

    /**
     * As {@link #disposable}, in a folder that is removed when this JVM is gone and with a second door of the broker: for one
     * test alone, whatever others run on.
     */
    static Infrastructure withSideDoor(KafkaSideDoor sideDoor) {
        return new EmbeddedInfrastructure(
                Folders.temporary(), EmbeddedInfrastructure.PortNumbers.free(), false, sideDoor);
    }
}
