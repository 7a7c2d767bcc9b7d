package io.belfry.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no HTTP client would send. */
class RawHttpIT {

    private final TestSystem system = TestSystem.shared();

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", system.node().port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** All that comes until the connection is closed. */
    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private String head() {
        return "Host: localhost\r\nAuthorization: Bearer " + Tokens.user(7) + "\r\n";
    }

    @Test
    void headersOverEightKibAreRefused() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /api/me/ HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9 * 1024) + "\r\n\r\n");

            assertThat(readAll(socket)).matches("(?s)HTTP/1.1 4(00|31) .*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 6\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Transfer-Encoding: xchunked\r\n"
            })
    void ambiguousLengthsAreRefusedAndClosed(String lengths) throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST /api/sessions/sign-out/ HTTP/1.1\r\n" + head() + "Content-Type: application/json\r\n"
                            + lengths + "\r\n0\r\n\r\n");

            assertThat(readAll(socket)).matches("(?s)HTTP/1.1 (400|501) .*");
        }
    }

    @Test
    void problemsOfTomcatAreProblemsToo() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /api/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            String answer = readAll(socket);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("Apache")
                    .doesNotContain("<html");
        }
        try (Socket socket = connect()) {
            write(socket, "TRACE /api/me/ HTTP/1.1\r\n" + head() + "Connection: close\r\n\r\n");

            assertThat(readAll(socket)).startsWith("HTTP/1.1 405 ").contains("application/problem+json");
        }
    }

    @Test
    void endlessBodyIsCutAtTheLimit() throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST /api/sessions/sign-out/ HTTP/1.1\r\n" + head()
                            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
            int sent = 0;
            try {
                while (sent < 1_000) {
                    write(socket, chunk);
                    sent++;
                }
            } catch (IOException closed) {
                // that is what is asked for
            }

            assertThat(sent).isLessThan(1_000);
        }
    }

    @Test
    void bodyOverTheLimitIsToldSo() throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST /api/sessions/sign-out/ HTTP/1.1\r\n" + head()
                            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            write(socket, "40000\r\n" + " ".repeat(0x40000) + "\r\n0\r\n\r\n");

            assertThat(readAll(socket)).startsWith("HTTP/1.1 413 ").contains("urn:belfry:problem:body_too_large");
        }
    }

    @Test
    void slowTrickleOfHeadersIsClosed() throws Exception {
        ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
        try (Socket socket = connect()) {
            Instant start = Instant.now();
            write(socket, "GET /api/me/ HTTP/1.1\r\nHost: localhost\r\nX: ");
            var unused = trickle.scheduleAtFixedRate(
                    () -> {
                        try {
                            write(socket, "x");
                        } catch (IOException closed) {
                            trickle.shutdown();
                        }
                    },
                    10,
                    10,
                    TimeUnit.SECONDS);
            InputStream in = socket.getInputStream();

            in.readAllBytes();

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
        } finally {
            trickle.shutdownNow();
        }
    }

    @Test
    void serverSaysNothingOfItself() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(readAll(socket)).doesNotContain("Server:").doesNotContain("X-Powered-By");
        }
    }
}
