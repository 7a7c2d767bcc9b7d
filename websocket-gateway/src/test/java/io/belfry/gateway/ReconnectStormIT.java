package io.belfry.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.GatewayProcess;
import io.belfry.gateway.support.Tokens;
import io.belfry.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand sockets lose their gateway at once and come back to another by the page's back-off. */
class ReconnectStormIT {

    private static final int SOCKETS = 1_000;
    private static final int RATE = 200;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger refused = new AtomicInteger();
    private final Collection<Instant> welcomedAt = new ConcurrentLinkedQueue<>();
    private volatile int port;

    @Test
    void comesBackWithin40SecondsAndNoFasterThanTheRate() throws IOException {
        List<Client> clients = new ArrayList<>();
        try (Backbone backbone = Backbone.create();
                GatewayProcess dies = start(backbone, "first", 0);
                GatewayProcess stays = start(backbone, "second", RATE)) {
            dies.awaitReady();
            stays.awaitReady();
            port = dies.port();
            for (int i = 0; i < SOCKETS; i++) {
                clients.add(new Client(100_000 + i));
            }
            clients.forEach(Client::dial);
            await().atMost(Duration.ofSeconds(20)).until(() -> welcomedAt.size() == SOCKETS);

            welcomedAt.clear();
            refused.set(0);
            port = stays.port();
            Instant begun = Instant.now();
            dies.kill();

            await().atMost(Duration.ofSeconds(40)).until(() -> welcomedAt.size() == SOCKETS);
            Duration took = Duration.between(begun, Instant.now());
            System.out.printf(
                    "%d sockets back after %d ms, %d handshakes refused, at most %d welcomes in a second%n",
                    SOCKETS, took.toMillis(), refused.get(), mostWithinASecond());
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds((SOCKETS - 1) / RATE));
            assertThat(refused).hasPositiveValue();
            assertThat(stays.isRunning()).isTrue();
        } finally {
            clients.forEach(Client::leave);
        }
    }

    private GatewayProcess start(Backbone backbone, String name, int rate) throws IOException {
        return GatewayProcess.start(
                folder.resolve(name),
                backbone,
                Map.of("BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND", Integer.toString(rate)));
    }

    /** By the gateway's clock, which looks a moment after the handshake was counted. */
    private int mostWithinASecond() {
        long[] sorted =
                welcomedAt.stream().mapToLong(Instant::toEpochMilli).sorted().toArray();
        int most = 0;
        int from = 0;
        for (int to = 0; to < sorted.length; to++) {
            while (sorted[to] - sorted[from] >= 1_000) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** Dials until it is welcomed, and again when it is left: full jitter up to 1 s, doubled up to 30 s, as the page. */
    private final class Client implements WebSocket.Listener {

        private final String token;
        private volatile @Nullable WebSocket socket;
        private volatile boolean gone;
        private int attempts;

        Client(long user) {
            token = Tokens.of(user);
        }

        void dial() {
            http.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/notifications/"), this)
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

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            attempts = 0;
            // Nothing else is told to these users.
            welcomedAt.add(Instant.parse(StrictJson.ignoringUnknownFields()
                    .parseObject(data.toString(), 10)
                    .get("time")
                    .stringValue()));
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            backOff();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            backOff();
        }

        void leave() {
            gone = true;
            WebSocket present = socket;
            if (present != null) {
                present.abort();
            }
        }
    }
}
