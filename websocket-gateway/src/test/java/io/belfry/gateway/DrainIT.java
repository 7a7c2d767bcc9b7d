package io.belfry.gateway;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** How a planned stop looks from outside. */
class DrainIT {

    private static final int CLIENTS = 100;
    private static final Duration DRAIN = Duration.ofSeconds(4);

    @Test
    void sendsAllClientsAwayAtAnEvenPaceAndLeavesNothingBehind() {
        try (Backbone backbone = Backbone.create()) {
            TestGateway gateway = TestGateway.start(
                    backbone, Map.of("BELFRY_GATEWAY_DRAIN_SECONDS", Long.toString(DRAIN.toSeconds())));
            List<TestSocket> sockets = new ArrayList<>();
            String name = "";
            for (long user = 1; user <= CLIENTS; user++) {
                TestSocket socket = new TestSocket(gateway.dial().bearer(TOKENS.user(user)));
                name = socket.frame("welcome").get("session").stringValue().split("/", 2)[0];
                sockets.add(socket);
            }
            Queue<Instant> closes = new ConcurrentLinkedQueue<>();
            sockets.forEach(socket -> socket.onClosed(() -> closes.add(Instant.now())));

            Instant begun = Instant.now();
            CompletableFuture<Void> drained = CompletableFuture.runAsync(gateway::drain);

            await().atMost(Duration.ofSeconds(1)).until(() -> gateway.status("/readyz") == 503);
            assertThat(gateway.status("/healthz")).isEqualTo(200);
            assertThat(gateway.dial().refusedWith()).isEqualTo(503);
            backbone.store(9001, new Recipient(1, 1, 1)); // still served

            List<Long> delays = new ArrayList<>();
            for (TestSocket socket : sockets) {
                delays.add(socket.frame("reconnect").get("after_ms").longValue());
            }
            delays.sort(null);
            assertThat(delays.get(0)).isLessThan(DRAIN.toMillis() / 10);
            assertThat(delays.get(CLIENTS / 2)).isBetween(DRAIN.toMillis() * 2 / 5, DRAIN.toMillis() * 3 / 5);
            assertThat(delays.get(CLIENTS - 1)).isBetween(DRAIN.toMillis() * 4 / 5, DRAIN.toMillis());
            sockets.get(0).frame("notification");

            drained.join();
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
            for (TestSocket socket : sockets) {
                assertThat(socket.closed()).isEqualTo(1012);
            }
            gateway.close();
            assertThat(mostWithin(closes, DRAIN.dividedBy(10))).isLessThanOrEqualTo(CLIENTS / 5);

            assertThat(backbone.redis().zscore(RedisKeys.GATEWAYS, name)).isNull();
            assertThat(backbone.redis().exists(RedisKeys.gatewayUsers(name))).isZero();
            for (long user = 1; user <= CLIENTS; user++) {
                String prefix = name + "/";
                assertThat(backbone.redis().zrange(RedisKeys.userSessions(user), 0, -1))
                        .noneMatch(session -> session.startsWith(prefix));
            }
        }
    }

    /** The most moments that any window of this length holds. */
    private static int mostWithin(Queue<Instant> moments, Duration window) {
        return moments.stream()
                .mapToInt(from -> (int) moments.stream()
                        .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(window)))
                        .count())
                .max()
                .orElseThrow();
    }
}
