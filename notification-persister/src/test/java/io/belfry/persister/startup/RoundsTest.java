package io.belfry.persister.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RoundsTest {

    @Test
    void goOnAfterErrorsAndTellEachKindOnce(CapturedOutput output) {
        AtomicInteger whole = new AtomicInteger();
        Queue<Error> errors = new ConcurrentLinkedQueue<>(List.of(
                new NoClassDefFoundError("linked on purpose"),
                new OutOfMemoryError("full on purpose"),
                new OutOfMemoryError("full again")));
        try (Rounds rounds = new Rounds("rounds", 1)) {
            rounds.every(Duration.ofMillis(10), () -> {
                Error error = errors.poll();
                if (error != null) {
                    throw error;
                }
                if (whole.incrementAndGet() == 1) {
                    throw new IllegalStateException("the world is down");
                }
            });

            await().atMost(Duration.ofSeconds(10)).until(() -> whole.get() >= 3);
        }
        assertThat(output).contains("linked on purpose", "full on purpose").doesNotContain("full again", "the world");
    }
}
