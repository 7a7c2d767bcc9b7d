package io.belfry.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.names.Topics;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.system.StubCheckout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} as a process of its own, on real servers and stubs for the services. */
class UpIT {

    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    private Path checkout;

    private final List<Process> started = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void stubs() throws IOException {
        StubCheckout.in(checkout);
        LocalSettings.from(Map.of())
                .ports()
                .keySet()
                .forEach(variable -> environment.put(variable, String.valueOf(Ports.free())));
    }

    @AfterEach
    void nothingIsLeft() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @Test
    void startsAgainWhateverIsKilledAndStopsAllWhenAsked() throws Exception {
        Process up = up("first");
        makeTopics();
        awaitSaid("first", "Belfry is up");
        assertThat(said("first")).contains("postgres   ready in", "gateway    ready in", "school     loaded");
        List<ProcessHandle> family = up.descendants().toList();

        running(family, "websocket-gateway.jar").destroyForcibly();
        awaitSaid("first", "gateway had stopped; it runs again");
        running(family, "redis-server").destroyForcibly();
        awaitSaid("first", "redis had stopped; it runs again");
        assertThat(said("first").lines().filter(line -> line.contains("had stopped")))
                .hasSize(2);

        List<ProcessHandle> familyNow = up.descendants().toList();
        up.destroy();
        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said("first")).endsWith("Stopping.\n");
        await().atMost(SOON).until(() -> familyNow.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(errors("first")).isEmpty();
    }

    @Test
    void onlyOneIsUpAtATimeAndAKilledOneIsFollowedByTheNext() throws Exception {
        Process up = up("first");
        makeTopics();
        awaitSaid("first", "Belfry is up");
        String secret = Files.readString(checkout.resolve(".local/jwt-secret"));

        Process second = up("second");
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(errors("second")).isEqualTo("The stack is already up; ./dev down stops it.\n");
        assertThat(up.isAlive()).isTrue();

        up.destroyForcibly().waitFor();
        up("third");
        awaitSaid("third", "Belfry is up");
        assertThat(checkout.resolve(".local/jwt-secret")).hasContent(secret);
        assertThat(checkout.resolve(".local/logs/api.log"))
                .content()
                .contains("BELFRY_DEMO=true", "BELFRY_API_ADDRESS=127.0.0.1", "BELFRY_JWT_SECRET=" + secret);
    }

    @Test
    void takenPortsAreOneClearLineAndNothingIsStarted() throws Exception {
        try (ServerSocket loopback = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress());
                ServerSocket everywhere = new ServerSocket(Ports.free())) {
            environment.put("BELFRY_API_PORT", String.valueOf(loopback.getLocalPort()));
            environment.put("BELFRY_GATEWAY_PORT", String.valueOf(everywhere.getLocalPort()));

            Process up = up("first");

            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isEqualTo(1);
            assertThat(errors("first"))
                    .isEqualTo("In use by another program: port %d (BELFRY_API_PORT), %d (BELFRY_GATEWAY_PORT)."
                                    .formatted(loopback.getLocalPort(), everywhere.getLocalPort())
                            + " Stop that program, or set another port by the variable.\n");
            assertThat(checkout.resolve(".local/postgres")).doesNotExist();
        }
    }

    /** As the persister does, which is a stub here. */
    private void makeTopics() throws Exception {
        awaitSaid("first", "kafka      ready");
        String kafka = "127.0.0.1:" + environment.get("BELFRY_LOCAL_KAFKA_PORT");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(new Topics("")
                            .platform().stream()
                                    .map(name -> new NewTopic(name, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
    }

    private Process up(String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LocalStackMain.class.getName(),
                        "up")
                .directory(checkout.toFile())
                .redirectOutput(checkout.resolve(name + ".out").toFile())
                .redirectError(checkout.resolve(name + ".err").toFile());
        builder.environment().putAll(environment);
        Process up = builder.start();
        started.add(up);
        return up;
    }

    private void awaitSaid(String name, String text) {
        await().atMost(SOON)
                .failFast(() -> assertThat(errors(name)).isEmpty())
                .until(() -> said(name).contains(text));
    }

    private String said(String name) throws IOException {
        return Files.readString(checkout.resolve(name + ".out"));
    }

    /** Without what the logging library says about itself: no logger is on the class path of these tests. */
    private String errors(String name) throws IOException {
        try (Stream<String> lines = Files.lines(checkout.resolve(name + ".err"))) {
            return lines.filter(line -> !line.startsWith("SLF4J"))
                    .map(line -> line + "\n")
                    .reduce("", String::concat);
        }
    }

    private static ProcessHandle running(List<ProcessHandle> family, String program) {
        return family.stream()
                .filter(process -> process.info().toString().contains(program))
                .findFirst()
                .orElseThrow();
    }
}
