package io.belfry.gateway.transport;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.NotificationStored.Content;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.kit.socket.RawSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that takes nothing in harms only itself. */
class SlowConsumerIT {

    private static final long SLOW = 7;
    private static final long QUICK = 8;

    /** As long as a message may be, of characters that take most bytes. */
    private static final String LONGEST = "\uD83D\uDD14".repeat(10_000);

    private static final int LONGEST_BYTES = 40_000;
    private static final int DUE_BYTES = 50_000_000;

    /** So few that they do not wait for a client that reads. */
    private static final int AT_ONCE = 20;

    private static final int FRAME_HEADER = 4;
    private static final long MAX_QUEUED = 1024 * 1024;

    /** Of each frame of the quick client; the slow one's are the same byte for byte. */
    private final List<Integer> lengths = new ArrayList<>();

    @Test
    void isClosedBeforeItCostsMuchAndItsNeighbourGetsEverything() throws IOException {
        try (Backbone backbone = Backbone.create();
                TestGateway gateway = TestGateway.start(backbone);
                RawSocket slow = RawSocket.open(gateway.address(), TOKENS.user(SLOW), 4 * 1024);
                TestSocket quick = gateway.connect(QUICK)) {
            while (lengths.size() < DUE_BYTES / LONGEST_BYTES) {
                storeAndHear(backbone, quick);
            }
            assertThat(gateway.metric("belfry_gateway_slow_readers_total")).isEqualTo(1);
            await().atMost(Duration.ofSeconds(5)).until(() -> gateway.metric("belfry_gateway_sessions") == 1);
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> gateway.metric("belfry_gateway_closes_total{code=\"4413\"}") == 1);

            int written = (int) gateway.metric("belfry_gateway_frames_sent_total") - lengths.size();
            assertThat(slow.read().text()).contains("welcome");
            long queued = lengths.stream()
                            .limit(written)
                            .mapToLong(Integer::longValue)
                            .sum()
                    - slow.readToEnd();
            System.out.printf("%d frames written, %d kB of them still queued at the end%n", written, queued >> 10);
            assertThat(queued).as("bytes that waited in the gateway").isBetween(MAX_QUEUED / 2, MAX_QUEUED);
        }
    }

    private void storeAndHear(Backbone backbone, TestSocket quick) {
        int heard = lengths.size();
        for (int seq = heard + 1; seq <= heard + AT_ONCE; seq++) {
            Content content = Backbone.content(seq, LONGEST);
            backbone.store(content, new Recipient(SLOW, seq, seq), new Recipient(QUICK, seq, seq));
        }
        for (int seq = heard + 1; seq <= heard + AT_ONCE; seq++) {
            String frame = quick.text();
            assertThat(frame).startsWith("{\"type\":\"notification\",\"seq\":" + seq + ",");
            lengths.add(FRAME_HEADER + frame.getBytes(StandardCharsets.UTF_8).length);
        }
    }
}
