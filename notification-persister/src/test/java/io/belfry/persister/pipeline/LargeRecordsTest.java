package io.belfry.persister.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** Records that are stored part by part, between others. */
class LargeRecordsTest extends PipelineSteps {

    @Test
    void letsOthersPassBetweenTwoPartsOfALargeRecord() {
        parts.put("large", 2);
        handle("large", "good");
        assertThat(steps).startsWith("a part of large", "stored good").contains("a part of large", "committed 0");
        assertThat(pipeline.hasMore()).isTrue();
        steps.clear();
        handle(2, "better");
        assertThat(steps).startsWith("stored better").contains("stored large").doesNotContain("committed 3");
        pipeline.onIdle(consumer);
        assertThat(steps).endsWith("committed 3");
        assertThat(pipeline.hasMore()).isFalse();
    }

    @Test
    void keepsBehindALargeRecordThoseOfItsKeyAlone() {
        parts.put("7:large", 3);
        handle("7:large", "8:good", "7:better");
        handle(3, "7:best");
        assertThat(stored()).containsExactly("8:good");
        for (int i = 0; i < 4; i++) {
            pipeline.onIdle(consumer);
        }
        assertThat(stored()).containsExactly("8:good", "7:large", "7:better", "7:best");
        assertThat(steps).endsWith("committed 4");
    }

    @Test
    void givesLargeRecordsTurns() {
        parts.putAll(Map.of("large", 3, "larger", 3));
        handle("large", "larger");
        for (int i = 0; i < 5; i++) {
            pipeline.onIdle(consumer);
        }
        assertThat(steps)
                .filteredOn(step -> step.startsWith("a part") || step.startsWith("stored"))
                .containsExactly(
                        "a part of large",
                        "a part of larger",
                        "a part of large",
                        "a part of larger",
                        "a part of large",
                        "a part of larger",
                        "stored large",
                        "stored larger");
    }

    @Test
    void givesALargeRecordTurnsWithinALongBatchAndNoneOnceItIsStored() {
        parts.put("large", 2);
        parts.put("slow", 0); // alone in its transaction, and 0.2 s long
        handle("large", "slow", "slow", "slow", "slow");
        assertThat(steps)
                .filteredOn(step -> step.startsWith("a part") || step.startsWith("stored"))
                .containsExactly(
                        "a part of large",
                        "stored slow",
                        "a part of large",
                        "stored slow",
                        "stored large",
                        "stored slow",
                        "stored slow");
    }

    @Test
    void goesOnWithALargeRecordWhenItsBatchComesAgain() {
        parts.put("large", 2);
        refusing.add(CHANGED);
        assertThatThrownBy(() -> handle("large", "good")).isInstanceOf(KafkaException.class);
        assertThat(pipeline.hasMore()).as("the pause is the container's").isFalse();
        refusing.clear();
        steps.clear();
        handle("large", "good");
        pipeline.onIdle(consumer);
        assertThat(stored()).containsExactly("good", "large");
        assertThat(steps).doesNotContain("a part of large").endsWith("committed 2");
    }

    @Test
    void overtakesALargeRecordThatFailsInItsMiddleAndGoesOnWithItLater() {
        parts.put("7:large", 3);
        handle("7:large", "7:good");
        failing.put("7:large", new IllegalStateException("no"));
        pipeline.onIdle(consumer);
        pipeline.onIdle(consumer);
        assertThat(stored()).containsExactly("7:good");
        assertThat(steps).contains("committed 0").doesNotContain("committed 1", "committed 2");
        failing.clear();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        for (int i = 0; i < 3; i++) {
            pipeline.onIdle(consumer);
        }
        assertThat(stored()).containsExactly("7:good", "7:large");
        assertThat(steps).endsWith("committed 2");
    }

    @Test
    void leavesALargeRecordToTheProcessThatItsPartitionMovedTo() {
        parts.put("large", 5);
        handle("large");
        pipeline.onPartitionsLost(consumer, List.of(partition));
        steps.clear();
        pipeline.onIdle(consumer);
        assertThat(steps).doesNotContain("a part of large");
        assertThat(pipeline.hasMore()).isFalse();
    }

    @Test
    void leavesInKafkaWhatItHasNoTurnsFor() {
        String[] large = IntStream.range(0, 60).mapToObj(i -> "large" + i).toArray(String[]::new);
        for (String one : large) {
            parts.put(one, 1);
        }
        handle(large);
        assertThat(consumer.position(partition)).isEqualTo(50);
        while (consumer.position(partition) < 60 || pipeline.hasMore()) {
            int next = (int) consumer.position(partition);
            handle(next, Arrays.copyOfRange(large, next, 60));
        }
        pipeline.onIdle(consumer);
        assertThat(stored()).containsExactlyInAnyOrder(large);
        assertThat(steps).endsWith("committed 60");
    }
}
