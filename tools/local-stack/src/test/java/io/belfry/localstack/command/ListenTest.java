package io.belfry.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenTest {

    private static final String WELCOME = "{\"type\":\"welcome\",\"heartbeat_seconds\":25}";

    private final int gatewayPort = Ports.free();
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private final ByteArrayOutputStream remarks = new ByteArrayOutputStream();

    private HttpServer api;
    private StubGateway gateway;
    private LocalSettings settings;
    private FutureTask<?> listening;

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = "{\"access\": \"a-token\"}".getBytes(StandardCharsets.UTF_8);
        api.createContext("/api/demo/token", exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        api.start();
        gateway = new StubGateway(gatewayPort);
        settings = LocalSettings.from(Map.of(
                "BELFRY_API_PORT", String.valueOf(api.getAddress().getPort()),
                "BELFRY_GATEWAY_PORT", String.valueOf(gatewayPort)));
    }

    @AfterEach
    void stop() throws IOException {
        api.stop(0);
        gateway.close();
    }

    @Test
    void printsEveryFrameAndStaysAwayWhenTold() throws Exception {
        listen();
        StubGateway.Client socket = gateway.accept();
        assertThat(socket.head())
                .startsWith("GET /ws/notifications/ ")
                .contains("Authorization: Bearer a-token")
                .contains("Sec-WebSocket-Protocol: belfry.v1");
        socket.send(WELCOME);
        socket.send("{\"type\":\"never heard of\"}");

        signOut(socket);

        assertThat(frames).hasToString(WELCOME + "\n{\"type\":\"never heard of\"}\n");
        assertThat(remarks.toString(StandardCharsets.UTF_8)).contains("# closed 4510 signed out: not coming back");
    }

    @Test
    void comesBackWhenTheConnectionBreaksAndAfterARestart() throws Exception {
        listen();
        gateway.accept().breakOff();
        StubGateway.Client second = gateway.accept();
        second.send(WELCOME);
        second.close(1012, "service restart");

        signOut(gateway.accept());

        assertThat(remarks.toString(StandardCharsets.UTF_8)).contains("# closed 1006", "# closed 1012");
    }

    @Test
    void saysAtOnceThatThereIsNoGateway() throws Exception {
        gateway.close();

        assertThatThrownBy(listen()::get)
                .cause()
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("no socket at ws://127.0.0.1:" + gatewayPort);
    }

    private FutureTask<?> listen() {
        Listen listen = new Listen(settings, "ana", printTo(frames), printTo(remarks));
        listening = new FutureTask<>(() -> {
            listen.run();
            return null;
        });
        new Thread(listening, "listen").start();
        return listening;
    }

    private void signOut(StubGateway.Client socket) throws Exception {
        socket.close(4510, "signed out");
        listening.get(20, TimeUnit.SECONDS);
    }

    private static PrintStream printTo(ByteArrayOutputStream text) {
        return new PrintStream(text, true, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 1000 1001 1005 1006 1011 1012 1013 1014 1015 4000 4408 4413 4421 4429 4441 4499",
        "false, 1002 1003 1007 1008 1009 1010 4500 4501 4503 4509 4510 4999"
    })
    void closeCodesSayWhetherToComeBack(boolean comesBack, String codes) {
        assertThat(codes.split(" ")).allMatch(code -> Listen.comesBack(Integer.parseInt(code)) == comesBack);
    }
}
