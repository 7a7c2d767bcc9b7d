package io.belfry.persister.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.names.Topics;
import io.belfry.persister.directory.DirectoryGate;
import io.belfry.persister.pipeline.StoredPositions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartUpTest {

    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final Listeners listeners = new Listeners(List.of(), new AtomicBoolean());
    private final StartUp startUp = new StartUp(
            List.of(new StartUp.Step("database", () -> {
                if (broken.getAndSet(false)) {
                    throw new NoClassDefFoundError("on purpose");
                }
            })),
            listeners,
            unreachable(),
            List.of());

    private static DirectoryGate unreachable() {
        return new DirectoryGate(
                () -> {
                    throw new KafkaException("no broker");
                },
                StoredPositions.ofDirectory(null),
                new Topics(""));
    }

    @AfterEach
    void stop() {
        startUp.stop();
    }

    @Test
    void repeatsAStepThatAnErrorEndedAndTellsIt(CapturedOutput output) {
        startUp.start();

        await().atMost(Duration.ofSeconds(10)).until(startUp::isDone);
        assertThat(output).contains("Waiting for the database", "NoClassDefFoundError: on purpose");
    }
}
