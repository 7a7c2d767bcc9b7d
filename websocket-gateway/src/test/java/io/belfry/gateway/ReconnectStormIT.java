package io.belfry.gateway;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A thousand sockets lose their gateway at once and come back to another by the page's back-off. */
class ReconnectStormIT {

    private static final int SOCKETS = 1_000;
    private static final int RATE = 200;

    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger welcomed = new AtomicInteger();
    private volatile @Nullable URI address;

    @Test
    void comesBackWithin40SecondsAndNoFasterThanTheRate() {
        List<Client> clients = new ArrayList<>();
        try (Backbone backbone = Backbone.create();
                TestGateway stays = start(backbone, RATE)) {
            TestGateway ends = start(backbone, 0);
            address = ends.address();
            for (int i = 0; i < SOCKETS; i++) {
                clients.add(new Client(100_000 + i));
            }
            clients.forEach(Client::dial);
            await().atMost(Duration.ofSeconds(20)).until(() -> welcomed.get() == SOCKETS);

            welcomed.set(0);
            refused.set(0);
            address = stays.address();
            Instant begun = Instant.now();
            ends.close();

            await().atMost(Duration.ofSeconds(40)).until(() -> welcomed.get() == SOCKETS);
            Duration took = Duration.between(begun, Instant.now());
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds((SOCKETS - 1) / RATE));
            assertThat(refused).hasPositiveValue();
        } finally {
            clients.forEach(Client::leave);
        }
    }

    private static TestGateway start(Backbone backbone, int rate) {
        return TestGateway.start(backbone, Map.of("BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND", Integer.toString(rate)));
    }

    /** Dials until it is welcomed, and again when it is left: full jitter up to 1 s, doubled up to 30 s, as the page. */
    private final class Client {

        private final String token;
        private volatile @Nullable SocketClient socket;
        private volatile boolean gone;
        private int attempts;

        Client(long user) {
            token = TOKENS.user(user);
        }

        void dial() {
            Dial.to(Objects.requireNonNull(address))
                    .bearer(token)
                    .onFrame(welcome -> welcomed())
                    .onClosed(how -> backOff())
                    .openLater()
                    .whenComplete((made, failure) -> {
                        socket = made;
                        if (failure != null) {
                            refused.incrementAndGet();
                            backOff();
                        }
                    });
        }

        private void backOff() {
            if (!gone) {
                long bound = Math.min(30_000, 1_000L << Math.min(attempts++, 5));
                CompletableFuture.delayedExecutor(ThreadLocalRandom.current().nextLong(bound), TimeUnit.MILLISECONDS)
                        .execute(this::dial);
            }
        }

        /** Nothing but a welcome is sent to these users. */
        private void welcomed() {
            attempts = 0;
            welcomed.incrementAndGet();
        }

        void leave() {
            gone = true;
            SocketClient present = socket;
            if (present != null) {
                present.abort();
            }
        }
    }
}
