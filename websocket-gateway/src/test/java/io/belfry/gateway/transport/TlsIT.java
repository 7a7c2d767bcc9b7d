package io.belfry.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.LoggedErrors;
import io.belfry.gateway.support.TestGateway;
import io.belfry.kit.servers.TestAuthority;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** TLS without a proxy in front. */
class TlsIT {

    private static final Duration NOTICED = Duration.ofSeconds(30);
    private static final long USER = 7;

    private final StringBuffer heard = new StringBuffer();

    private WebSocket connect(TestAuthority authority, int port) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(authority.clients())
                .build()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + TestGateway.TOKENS.user(USER))
                .subprotocols("belfry.v1")
                .buildAsync(URI.create("wss://127.0.0.1:" + port + "/ws/notifications/"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        heard.append(text);
                        socket.request(1);
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void certificateChangesUnderOpenSockets() throws Exception {
        TestAuthority authority = new TestAuthority();
        try (Backbone backbone = Backbone.create();
                LoggedErrors errors = new LoggedErrors(Tls.class);
                TestGateway gateway = TestGateway.start(
                        backbone,
                        Map.of(
                                "BELFRY_GATEWAY_TLS_CERTIFICATE",
                                        authority.certificate().toString(),
                                "BELFRY_GATEWAY_TLS_KEY", authority.key().toString()))) {
            int port = gateway.address().getPort();
            WebSocket socket = connect(authority, port);
            await().until(() -> heard.toString().contains("welcome"));
            assertThatThrownBy(() -> authority.shownAt(port, "TLSv1.2")).isInstanceOf(SSLException.class);

            BigInteger renewed = authority.renew();

            await().atMost(NOTICED).until(() -> authority.shownAt(port, "TLSv1.3"), renewed::equals);
            backbone.store(9001, new Recipient(USER, 1, 1));
            await().until(() -> heard.toString().contains("\"seq\":1"));

            Files.writeString(authority.certificate(), "no certificate");

            await().atMost(NOTICED).until(errors::areLogged);
            assertThat(authority.shownAt(port, "TLSv1.3")).isEqualTo(renewed);
            socket.abort();
        }
    }
}
