package io.belfry.api.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FirstConnectionTest {

    private final AtomicInteger attempts = new AtomicInteger();

    private CompletionStage<String> connect() {
        return switch (attempts.incrementAndGet()) {
            case 1 -> throw new NoClassDefFoundError("linked on purpose");
            case 2 -> CompletableFuture.failedFuture(new IllegalStateException("no server"));
            case 3 -> CompletableFuture.failedFuture(new OutOfMemoryError("full on purpose"));
            default -> CompletableFuture.completedFuture("connected");
        };
    }

    @Test
    void isAttemptedUntilThereIsOneWhateverIsThrown(CapturedOutput output) {
        try (FirstConnection<String> connection = new FirstConnection<>(this::connect)) {
            await().atMost(Duration.ofSeconds(15)).until(() -> connection.get() != null);

            assertThat(attempts).hasValue(4);
            assertThat(output).contains("linked on purpose", "full on purpose").doesNotContain("no server");
        }
    }
}
