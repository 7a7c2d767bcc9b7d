package io.belfry.kit.servers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.KafkaServer;
import io.belfry.localstack.PostgresServer;
import io.belfry.localstack.RedisServer;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** The servers as containers, removed by Testcontainers when the JVM is gone. Versions as in {@code docker-compose.yml}. */
final class ContainerServers {

    private ContainerServers() {}

    static Infrastructure create() {
        return new Infrastructure.Servers(postgresOn(Ports.free()), kafkaOn(Ports.free()), redisOn(Ports.free()));
    }

    private static PostgresServer postgresOn(int port) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("postgres:18"))
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                .withCommand(
                        "postgres",
                        "-c",
                        "max_connections=300",
                        "-c",
                        "fsync=off",
                        "-c",
                        "shared_preload_libraries=pg_stat_statements");
        return new PostgresServer(
                new ContainerProcess("postgres", container, 5432, port, PostgresServer.readiness(port)), port);
    }

    private static KafkaServer kafkaOn(int port) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("apache/kafka:4.2.2"))
                .withEnv(Map.ofEntries(
                        Map.entry("KAFKA_NODE_ID", "1"),
                        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                        Map.entry("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093"),
                        Map.entry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + port),
                        Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                        Map.entry("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "500"),
                        Map.entry("KAFKA_BROKER_SESSION_TIMEOUT_MS", "2000"),
                        Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                        Map.entry("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")));
        return new KafkaServer(new ContainerProcess("kafka", container, 9092, port, KafkaServer.readiness(port)), port);
    }

    private static RedisServer redisOn(int port) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("redis:7-alpine"))
                .withCommand("redis-server", "--appendonly", "yes", "--save", "");
        return new RedisServer(new ContainerProcess("redis", container, 6379, port, RedisServer.readiness(port)), port);
    }

    /** Asks the engine only if there is a sign of one: without, the library takes seconds and a page of log to give up. */
    static boolean engineAnswers() {
        String home = System.getProperty("user.home");
        boolean sign = System.getenv("DOCKER_HOST") != null
                || Stream.of(
                                Path.of("/var/run/docker.sock"),
                                Path.of(home, ".docker/run/docker.sock"),
                                Path.of(home, ".testcontainers.properties"))
                        .anyMatch(Files::exists);
        return sign && DockerClientFactory.instance().isDockerAvailable();
    }

    /** A container that is stopped and started as itself, so that it keeps its data, on a port that stays the same. */
    private static final class ContainerProcess implements ControlledProcess {

        private final String name;
        private final GenericContainer<?> container;
        private final Readiness readiness;

        ContainerProcess(String name, GenericContainer<?> container, int insidePort, int port, Readiness readiness) {
            this.name = name;
            this.readiness = readiness;
            // A port chosen by the engine would be another one after a restart.
            PortBinding binding =
                    new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), new ExposedPort(insidePort));
            this.container = container
                    .withExposedPorts(insidePort)
                    .withCreateContainerCmdModifier(create -> {
                        HostConfig host = create.getHostConfig();
                        if (host != null) {
                            host.withPortBindings(binding);
                        }
                    })
                    .waitingFor(new AbstractWaitStrategy() {
                        @Override
                        protected void waitUntilReady() {
                            awaitReady();
                        }
                    });
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            if (container.getContainerId() == null) {
                container.start();
            } else if (!isRunning()) {
                engine().startContainerCmd(container.getContainerId()).exec();
                awaitReady();
            }
        }

        @Override
        public void stop() {
            if (isRunning()) {
                resume();
                engine().stopContainerCmd(container.getContainerId()).exec();
            }
        }

        @Override
        public void kill() {
            if (isRunning()) {
                engine().killContainerCmd(container.getContainerId()).exec();
            }
        }

        @Override
        public void suspend() {
            engine().pauseContainerCmd(container.getContainerId()).exec();
        }

        @Override
        public void resume() {
            // The engine refuses what the interface allows: one that is not paused.
            if (Boolean.TRUE.equals(state().getPaused())) {
                engine().unpauseContainerCmd(container.getContainerId()).exec();
            }
        }

        @Override
        public boolean isRunning() {
            return container.getContainerId() != null && Boolean.TRUE.equals(state().getRunning());
        }

        private InspectContainerResponse.ContainerState state() {
            return engine().inspectContainerCmd(container.getContainerId())
                    .exec()
                    .getState();
        }

        private DockerClient engine() {
            return container.getDockerClient();
        }

        private void awaitReady() {
            Awaitility.await(name + " is ready")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(readiness::check);
        }
    }
}
