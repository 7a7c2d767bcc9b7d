package io.belfry.gateway;

import static io.belfry.gateway.support.TestGateway.SECRET;
import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.json.StrictJson;
import io.belfry.kit.socket.Dial;
import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.localstack.process.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped: how it starts, what it logs, how it ends. */
class GatewayProcessIT {

    @TempDir
    Path folder;

    private ChildProcess process(Map<String, String> environment, Readiness readiness) {
        ProcessSpec spec = new ProcessSpec(
                "gateway",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        Path.of("target", "websocket-gateway.jar")
                                .toAbsolutePath()
                                .toString()),
                environment,
                folder,
                folder.resolve("log"),
                "TERM",
                Duration.ofSeconds(30),
                Duration.ofSeconds(15));
        return new ChildProcess(spec, readiness);
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    @Test
    void drainsOnSigtermExitsZeroAndLogsNoSecrets() throws IOException {
        try (Backbone backbone = Backbone.create()) {
            int port = Ports.free();
            Map<String, String> environment = TestGateway.environment(backbone);
            environment.put("BELFRY_GATEWAY_PORT", Integer.toString(port));
            environment.put("BELFRY_GATEWAY_DRAIN_SECONDS", "1");
            environment.put("BELFRY_LOG_FORMAT", "json");
            String token = TOKENS.user(7);
            Dial dial = Dial.to(TestGateway.address(port)).subprotocolToken(token);
            ChildProcess process = process(environment, () -> dial.open().close());
            process.start();
            try (TestSocket socket = new TestSocket(dial)) {
                socket.frame("welcome");
                backbone.store(Backbone.content(9001, "a private text"), new Recipient(7, 1, 1));
                socket.frame("notification");
                socket.send("{\"type\":\"mark_read\",\"id\":\"a private text\"}");
                socket.frame("error");

                process.stop();

                socket.frame("reconnect");
                assertThat(socket.closed()).isEqualTo(1012);
            } finally {
                process.kill();
            }
            assertThat(process.exitCode()).isZero();
            assertThat(log()).contains("closed 1012: user 7").doesNotContain("a private text", token, SECRET);
            assertThat(log().lines())
                    .allSatisfy(line -> StrictJson.ignoringUnknownFields().parseObject(line, 10));
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithItsSettings() throws IOException {
        assertStartsNot(2, Map.of("BELFRY_JWT_SECRET", "short"));

        assertThat(log().lines()).singleElement().asString().contains("BELFRY_JWT_SECRET");
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertStartsNot(
                    1,
                    Map.of(
                            "BELFRY_JWT_SECRET",
                            SECRET,
                            "BELFRY_GATEWAY_ADDRESS",
                            "127.0.0.1",
                            "BELFRY_GATEWAY_PORT",
                            port,
                            "BELFRY_GATEWAY_MANAGEMENT_PORT",
                            "0"));

            assertThat(log()).contains("cannot start", port);
        }
    }

    private void assertStartsNot(int exitCode, Map<String, String> environment) {
        ChildProcess process = process(environment, () -> {
            throw new IllegalStateException("its end is waited for");
        });
        assertThatThrownBy(process::start).hasMessageContaining("stopped with exit code " + exitCode);
    }
}
