package io.belfry.persister.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.wire.PoisonCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** The four lines that no record is lost by. */
class PipelineTest extends PipelineSteps {

    @Test
    void storesThenAwaitsAnnouncementsThenWritesDeadLettersThenCommits() {
        handle("poison", "good", "better");
        assertThat(steps)
                .containsExactly(
                        "stored good, better",
                        "sent " + CHANGED,
                        "sent " + CHANGED,
                        "acknowledged " + CHANGED,
                        "acknowledged " + CHANGED,
                        "sent requests.dlt",
                        "acknowledged requests.dlt",
                        "committed 3");
    }

    @Test
    void doesNothingMoreWhenTheDatabaseIsOut() {
        failing.put("good", new KafkaException("stands for any outage"));
        assertThatThrownBy(() -> handle("poison", "good")).isInstanceOf(KafkaException.class);
        assertThat(steps).isEmpty();
    }

    @Test
    void writesNoDeadLetterAndCommitsNothingBeforeAnnouncementsAreAcknowledged() {
        refusing.add(CHANGED);
        assertThatThrownBy(() -> handle("poison", "good")).isInstanceOf(KafkaException.class);
        assertThat(steps).containsExactly("stored good", "sent " + CHANGED);
    }

    @Test
    void sendsWhatIsNotAcknowledgedAgainBeforeItStoresMore() {
        refusing.add(CHANGED);
        assertThatThrownBy(() -> handle("good")).isInstanceOf(KafkaException.class);
        assertThatThrownBy(() -> handle("good")).isInstanceOf(KafkaException.class);
        refusing.clear();
        handle("good");
        assertThat(steps)
                .containsExactly(
                        "stored good",
                        "sent " + CHANGED,
                        "sent " + CHANGED,
                        "sent " + CHANGED,
                        "acknowledged " + CHANGED,
                        "stored good",
                        "sent " + CHANGED,
                        "acknowledged " + CHANGED,
                        "committed 1");
    }

    @Test
    void commitsOnlyUpToPoisonWhoseDeadLetterIsRefusedUntilItIsTaken() {
        refusing.add("requests.dlt");
        handle("good", "poison", "better");
        assertThat(steps).endsWith("committed 1");
        assertThat(figures.get("belfry.dead.letters.waiting").gauge().value()).isEqualTo(1);
        refusing.clear();
        steps.clear();
        pipeline.onIdle(consumer);
        assertThat(steps).as("the topic is left alone for a second").isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        pipeline.onIdle(consumer);
        assertThat(steps).containsExactly("sent requests.dlt", "acknowledged requests.dlt", "committed 3");
        assertThat(figures.get("belfry.dead.letters.waiting").gauge().value()).isZero();
    }

    @Test
    void waitsWhenMorePoisonIsRefusedThanTheQueueHoldsAndWritesNoneTwice() {
        refusing.add("requests.dlt"); // all but poison0
        String[] poison = IntStream.range(0, 102).mapToObj(i -> "poison" + i).toArray(String[]::new);
        assertThatThrownBy(() -> handle(poison)).isInstanceOf(KafkaException.class);
        assertThat(figures.get("belfry.dead.letters.waiting").gauge().value()).isEqualTo(101);
        refusing.clear();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        steps.clear();
        handle(poison);
        assertThat(steps).filteredOn("acknowledged requests.dlt"::equals).hasSize(101);
        assertThat(steps).endsWith("committed 102");
    }

    @Test
    void overtakesARecordThatFailsAloneAndStoresItLater() {
        failing.put("odd", new IllegalStateException("no"));
        handle("odd", "good", "better");
        assertThat(steps).contains("stored good, better").doesNotContain("committed 3");
        failing.clear();
        pipeline.onIdle(consumer);
        assertThat(steps).doesNotContain("stored odd");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        steps.clear();
        pipeline.onIdle(consumer);
        pipeline.onIdle(consumer);
        assertThat(steps).containsExactly("stored odd", "sent " + CHANGED, "acknowledged " + CHANGED, "committed 3");
    }

    @Test
    void keepsARecordOfTheQueueInItsPlaceWhenItsAnnouncementIsNotAcknowledged() {
        failing.put("odd", new IllegalStateException("no"));
        handle("odd");
        failing.clear();
        refusing.add(CHANGED);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        pipeline.onIdle(consumer);
        assertThatThrownBy(() -> handle(1, "good")).isInstanceOf(KafkaException.class);
        assertThat(steps).contains("stored odd").doesNotContain("committed 1", "committed 2");
    }

    @Test
    void readsOnAtTheFirstRecordThatIsNotDone() {
        handle("good", "poison", "waiting", "better");
        assertThat(steps).contains("stored good").endsWith("committed 2");
        assertThat(consumer.position(partition)).isEqualTo(2);
    }

    /** One locked row holds up neither its neighbours nor, as long as it lasts, the end of its own record. */
    @Test
    void waitsForALockedRowWithItsRecordAlone() {
        failing.put("locked", new DataIntegrityViolationException("locked", new SQLException("no", "55P03")));
        handle("good", "locked", "better");
        assertThat(steps).contains("stored good", "stored better").endsWith("committed 1");
        for (int i = 0; i < 60; i++) {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            handle(3 + i, "good");
        }
        assertThat(steps).doesNotContain("sent requests.dlt");
        assertThat(steps).filteredOn(step -> step.startsWith("committed")).containsExactly("committed 1");
        failing.clear();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        pipeline.onIdle(consumer);
        pipeline.onIdle(consumer);
        assertThat(steps).contains("stored locked").endsWith("committed 63");
    }

    @Test
    void tellsOfARecordThatBecomesPoisonInTheQueue() {
        failing.put("odd", new IllegalStateException("no"));
        handle("odd");
        for (int i = 1; rejected.isEmpty() && i < 100; i++) {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            handle(i, "good");
        }
        assertThat(rejected).containsExactly(PoisonCode.UNPROCESSABLE);
        assertThat(steps).contains("acknowledged requests.dlt");
    }

    @Test
    void leavesPartitionsAloneThatAreNoLongerItsOwn() {
        consumer.assign(List.of(new TopicPartition(TOPIC, 1)));
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 1), 0L));
        pipeline.onMessage(List.of(record(0, "good")), consumer);
        assertThat(steps).doesNotContain("stored good");
    }

    @Test
    void passesMarksThatAreNoRecordsButNoRecordOfTheQueue() {
        handle("good");
        consumer.seek(partition, 3);
        pipeline.onIdle(consumer);
        assertThat(steps).endsWith("committed 3");
        failing.put("odd", new IllegalStateException("no"));
        handle(3, "odd");
        consumer.seek(partition, 9);
        pipeline.onIdle(consumer);
        assertThat(steps).endsWith("committed 3");
    }
}
