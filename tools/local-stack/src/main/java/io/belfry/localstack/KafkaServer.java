package io.belfry.localstack;

import static java.util.Map.entry;

import io.belfry.localstack.kafka.KafkaDistribution;
import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.localstack.process.Readiness;
import io.belfry.localstack.process.StartCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** One Kafka broker (KRaft) that makes no topic by itself; offsets and transactions work as in a cluster of one. */
public final class KafkaServer extends Server {

    /** Any 16 bytes in URL-safe Base64; the same for ever, so that kept data fits. */
    private static final String CLUSTER_ID = "QmVsZnJ5TG9jYWxTdGFjaw";

    public KafkaServer(ControlledProcess process, int port) {
        super(process, port);
    }

    /** Address for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    /** Asked in its own language: an open port says nothing about a server that still recovers. */
    public static Readiness readiness(int port) {
        return () -> {
            // A look at the port first: it is cheap, and Kafka's client logs every refused connection.
            connect(port).close();
            Map<String, Object> settings = Map.ofEntries(
                    entry("bootstrap.servers", "127.0.0.1:" + port),
                    entry("request.timeout.ms", 2000),
                    entry("default.api.timeout.ms", 2000));
            try (Admin admin = Admin.create(settings)) {
                if (admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty()) {
                    throw new IOException("the broker is not registered yet");
                }
            }
        };
    }

    /** What a broker's JVM is made for. */
    enum Life {
        /** A quick start counts more than top speed. */
        SHORT,
        /** As short; it keeps its run for the next starts. */
        TRAINING,
        /** Its code is compiled as that of a broker that has run for days. */
        LONG
    }

    /**
     * As a child: one KRaft node that is broker and controller. Not started yet.
     *
     * @param life what its JVM is made for
     * @param settings properties on top of the usual ones
     */
    static KafkaServer embedded(Path folder, int port, int controllerPort, Life life, Map<String, String> settings) {
        Path properties = folder.resolve("kafka.properties");
        StringBuilder lines = new StringBuilder(usual(folder, port, controllerPort));
        // A later line of a property wins over an earlier one.
        settings.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        try {
            Files.createDirectories(folder);
            Files.writeString(properties, lines);
        } catch (IOException e) {
            throw new ProcessFailedException("kafka: cannot write " + properties + ": " + e.getMessage(), e);
        }
        StartCache cache = new StartCache(KafkaDistribution.ownJar());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:MetaspaceSize=192m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
                "-cp",
                KafkaDistribution.classPath(unpacked()),
                KafkaDistribution.mainClass(),
                properties.toString(),
                CLUSTER_ID));
        command.addAll(1, life == Life.TRAINING ? cache.training() : cache.quickStart());
        if (life != Life.LONG) {
            command.add(1, "-XX:TieredStopAtLevel=1");
        }
        ProcessSpec spec = new ProcessSpec(
                "kafka",
                command,
                Map.of(),
                folder,
                folder.resolve("logs/kafka.log"),
                "TERM",
                Duration.ofSeconds(60),
                Duration.ofSeconds(20));
        return new KafkaServer(new ChildProcess(spec, readiness(port)), port);
    }

    private static Path unpacked() {
        String fingerprint = "%08x".formatted(KafkaDistribution.jars().hashCode());
        return UnpackCache.folder("kafka-" + fingerprint, KafkaDistribution::unpack);
    }

    private static String usual(Path folder, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%1$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%3$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%2$s
                auto.create.topics.enable=false
                # A cluster of one.
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                # Nothing follows its metadata: no record twice a second for those who would.
                metadata.max.idle.interval.ms=0
                # A killed broker may come back when its former session has ended: 9 s by default.
                broker.heartbeat.interval.ms=500
                broker.session.timeout.ms=2000
                # The first member of a group does not wait for others; members that were killed are missed soon.
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                """.formatted(controllerPort, folder.resolve("kafka").toString(), port);
    }
}
