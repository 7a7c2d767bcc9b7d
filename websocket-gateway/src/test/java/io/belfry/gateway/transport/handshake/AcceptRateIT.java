package io.belfry.gateway.transport.handshake;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.kit.socket.RawSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More clients at once than a gateway lets in. */
class AcceptRateIT {

    private static final int RATE = 10;

    @Test
    void letsAsManyInAsConfiguredAndCountsNoBadTokens() {
        try (Backbone backbone = Backbone.create();
                TestGateway gateway = TestGateway.start(
                        backbone, Map.of("BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND", Integer.toString(RATE)))) {
            List<RawSocket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < 60; i++) {
                    sockets.add(RawSocket.connect(gateway.address(), 0));
                }
                byte[] good = upgrade(gateway, TOKENS.user(7));
                byte[] bad = upgrade(gateway, "x");
                Instant begun = Instant.now();
                for (int i = 0; i < 60; i++) {
                    sockets.get(59 - i).write(i < 30 ? bad : good);
                }
                List<String> answers = new ArrayList<>();
                for (RawSocket socket : sockets) {
                    answers.add(socket.readHead());
                }
                long seconds = Duration.between(begun, Instant.now()).toSeconds() + 1;

                List<String> refused = answers.subList(0, 30).stream()
                        .filter(answer -> answer.startsWith("HTTP/1.1 503 "))
                        .toList();
                assertThat(30 - refused.size()).isBetween(RATE, (int) (RATE * seconds));
                assertThat(refused)
                        .allSatisfy(answer -> assertThat(answer).containsIgnoringCase("\r\nretry-after: 1\r\n"));
                assertThat(answers.subList(30, 60))
                        .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 401 "));
                assertThat(gateway.metric("belfry_gateway_over_accept_rate_total"))
                        .isEqualTo(refused.size());
            } finally {
                for (RawSocket socket : sockets) {
                    socket.close();
                }
            }
            await().atMost(Duration.ofSeconds(5))
                    .ignoreExceptions()
                    .untilAsserted(() -> gateway.connect(7).close());
        }
    }

    private static byte[] upgrade(TestGateway gateway, String token) {
        return RawSocket.upgrade(gateway.address(), "Authorization: Bearer " + token)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
