package io.belfry.gateway;

import static io.belfry.gateway.support.TestGateway.SECRET;
import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.GatewayProcess;
import io.belfry.gateway.support.TestSocket;
import io.belfry.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped: how it starts, what it logs, how it ends. */
class GatewayProcessIT {

    @TempDir
    Path folder;

    @Test
    void drainsOnSigtermExitsZeroAndLogsNoSecrets() throws IOException {
        try (Backbone backbone = Backbone.create();
                GatewayProcess process = GatewayProcess.start(
                        folder.resolve("log"),
                        backbone,
                        Map.of("BELFRY_GATEWAY_DRAIN_SECONDS", "1", "BELFRY_LOG_FORMAT", "json"))) {
            String token = TOKENS.user(7);
            process.awaitReady();
            try (TestSocket socket = TestSocket.open(process.address(), Map.of(), "belfry.v1", "bearer." + token)) {
                socket.welcomed();
                backbone.store(Backbone.content(9001, "a private text"), new Recipient(7, 1, 1));
                socket.frame("notification");
                socket.send("{\"type\":\"mark_read\",\"id\":\"a private text\"}");
                socket.frame("error");

                process.terminate();

                socket.frame("reconnect");
                assertThat(socket.closed()).isEqualTo(1012);
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> !process.isRunning());
            assertThat(process.exitCode()).isZero();
            assertThat(process.log()).doesNotContain("a private text", token, SECRET);
            assertThat(process.log().lines())
                    .isNotEmpty()
                    .allSatisfy(line -> StrictJson.ignoringUnknownFields().parseObject(line, 10));
            assertThat(process.log()).contains("closed 1012: user 7");
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithItsSettings() throws IOException {
        try (GatewayProcess process =
                GatewayProcess.start(folder.resolve("log"), Map.of("BELFRY_JWT_SECRET", "short"))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !process.isRunning());
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.log().lines()).singleElement().asString().contains("BELFRY_JWT_SECRET");
        }
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GatewayProcess process = GatewayProcess.start(
                        folder.resolve("log"),
                        Map.of(
                                "BELFRY_JWT_SECRET",
                                SECRET,
                                "BELFRY_GATEWAY_ADDRESS",
                                "127.0.0.1",
                                "BELFRY_GATEWAY_PORT",
                                Integer.toString(taken.getLocalPort()),
                                "BELFRY_GATEWAY_MANAGEMENT_PORT",
                                "0"))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !process.isRunning());
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.log()).contains("cannot start", Integer.toString(taken.getLocalPort()));
        }
    }
}
