package io.belfry.gateway.transport.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.RawSocket;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.gateway.support.Tokens;
import java.io.IOException;
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
    void letsAsManyInAsConfiguredAndCountsNoBadTokens() throws IOException {
        try (Backbone backbone = Backbone.create();
                TestGateway gateway = TestGateway.start(
                        backbone, Map.of("BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND", Integer.toString(RATE)))) {
            List<RawSocket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < 60; i++) {
                    sockets.add(RawSocket.connect(gateway));
                }
                String good = RawSocket.handshake("Authorization: Bearer " + Tokens.of(7));
                String bad = RawSocket.handshake("Authorization: Bearer x");
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
                    .until(() -> TestSocket.refused(gateway, Map.of("Authorization", "Bearer " + Tokens.of(7))) == 101);
        }
    }
}
