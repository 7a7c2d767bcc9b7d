package io.belfry.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.RawSocket;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.gateway.support.Tokens;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client that takes nothing in harms only itself. */
class SlowReaderIT {

    private static final long SLOW = 7;
    private static final long QUICK = 8;

    @Test
    void isClosedBeforeItCostsMuchAndItsNeighbourGetsEverything() throws IOException {
        int events = 1_500;
        String message = "x".repeat(9_000);
        try (Backbone backbone = Backbone.create();
                TestGateway gateway = TestGateway.start(backbone);
                RawSocket slow = RawSocket.open(gateway, Tokens.of(SLOW), 4 * 1024);
                TestSocket quick = gateway.connect(QUICK)) {
            for (int i = 1; i <= events; i++) {
                backbone.store(Backbone.content(i, message), new Recipient(SLOW, i, i), new Recipient(QUICK, i, i));
                if (i % 100 == 0) {
                    for (int seq = i - 99; seq <= i; seq++) {
                        assertThat(quick.frame("notification").get("seq").longValue())
                                .isEqualTo(seq);
                    }
                }
            }
            assertThat(gateway.metric("belfry_gateway_slow_readers_total")).isEqualTo(1);
            await().atMost(Duration.ofSeconds(5)).until(() -> gateway.metric("belfry_gateway_sessions") == 1);
            await().atMost(Duration.ofSeconds(8))
                    .until(() ->
                            gateway.get("/metrics").body().contains("belfry_gateway_closes_total{code=\"4413\"} 1.0"));
            assertThat(gateway.metric("belfry_gateway_frames_sent_total")).isLessThan(2.0 * events);
            slow.readToEnd();
        }
    }
}
