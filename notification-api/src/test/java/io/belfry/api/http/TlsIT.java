package io.belfry.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestSystem;
import io.belfry.kit.servers.TestAuthority;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** TLS without a proxy in front. */
class TlsIT {

    private static final Duration NOTICED = Duration.ofSeconds(45);

    @Test
    void certificateChangesWithoutARestart() throws Exception {
        TestAuthority authority = new TestAuthority();
        Map<String, String> environment = new HashMap<>(TestSystem.shared().environment());
        environment.put("BELFRY_API_TLS_CERTIFICATE", authority.certificate().toString());
        environment.put("BELFRY_API_TLS_KEY", authority.key().toString());
        try (ApiNode node = ApiNode.start(environment)) {
            assertThatThrownBy(() -> authority.shownAt(node.port(), "TLSv1.2")).isInstanceOf(SSLException.class);
            HttpClient client =
                    HttpClient.newBuilder().sslContext(authority.clients()).build();
            HttpRequest.Builder call = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + node.port() + "/api/notifications/?page_size=1"))
                    .header("Authorization", "Bearer " + TestSystem.TOKENS.user(TestSystem.newId()));
            assertThat(client.send(call.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            HttpRequest forbidden = call.POST(BodyPublishers.ofByteArray(new byte[400_000]))
                    .header("Content-Type", "application/json")
                    .build();
            assertThat(client.send(forbidden, BodyHandlers.ofString()).statusCode())
                    .as("answered before its body came")
                    .isEqualTo(403);

            BigInteger renewed = authority.renew();
            await().atMost(NOTICED).until(() -> authority.shownAt(node.port(), "TLSv1.3"), renewed::equals);

            Files.writeString(authority.certificate(), "no certificate");
            assertThat(client.send(call.GET().build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }
}
