package io.belfry.localstack.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessFailedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PortCheckTest {

    @Test
    void namesEveryTakenPortAndItsVariableInOneLine() throws Exception {
        try (ServerSocket one = listenOnLoopback();
                ServerSocket other = new ServerSocket(Ports.free())) {
            Map<String, Integer> ports = new LinkedHashMap<>();
            ports.put("BELFRY_API_PORT", one.getLocalPort());
            ports.put("BELFRY_FREE_PORT", Ports.free());
            ports.put("BELFRY_GATEWAY_PORT", other.getLocalPort());

            assertThatThrownBy(() -> PortCheck.requireFree(ports, Duration.ZERO))
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessage("In use by another program: port %d (BELFRY_API_PORT), %d (BELFRY_GATEWAY_PORT)."
                                    .formatted(one.getLocalPort(), other.getLocalPort())
                            + " Stop that program, or set another port by the variable.");
        }
    }

    @Test
    void givesAFormerRunTimeToLetGo() throws Exception {
        ServerSocket former = listenOnLoopback();
        Map<String, Integer> ports = Map.of("BELFRY_API_PORT", former.getLocalPort());
        CompletableFuture<Void> letsGo = CompletableFuture.runAsync(
                () -> close(former), CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        assertThatCode(() -> PortCheck.requireFree(ports, Duration.ofSeconds(10)))
                .doesNotThrowAnyException();
        letsGo.join();
    }

    private static ServerSocket listenOnLoopback() throws Exception {
        return new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress());
    }

    private static void close(ServerSocket socket) {
        try (socket) {
            // Closed by leaving.
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
