package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.events.Topics;
import io.belfry.localstack.KafkaServer;
import io.belfry.localstack.PostgresServer;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import io.belfry.persister.support.TopicReader;
import io.belfry.persister.support.Truth;
import io.belfry.persister.support.Wire;
import io.belfry.persister.support.Wire.Delivered;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Servers that go away and come back: everything is stored and announced once they are there, nothing is set aside. */
class OutageIT extends PersisterTest {

    private static final AtomicLong NEXT_USER = new AtomicLong(1);
    private static final Duration LONG = Duration.ofSeconds(120);

    private final PostgresServer postgres = installation.servers().postgres();
    private final KafkaServer kafka = installation.servers().kafka();
    private ConfigurableApplicationContext persister;

    @AfterEach
    void restore() {
        postgres.resume();
        postgres.start();
        kafka.resume();
        kafka.start();
        persister.close();
    }

    @Test
    void waitsForADatabaseThatIsKilled() {
        start();
        List<Long> users = publish(3_000);
        eventually().until(() -> entries() > 0);
        postgres.kill();
        List<Long> more = publish(500);
        // It lives, and says so: no other copy of it would do better.
        assertThat(status(persister, "/actuator/health/liveness")).isEqualTo(200);
        postgres.start();
        assertAllArrived(users, more);
    }

    @Test
    void waitsForADatabaseThatHangs() {
        start();
        List<Long> users = publish(1_000);
        postgres.suspend();
        List<Long> more = publish(1_000);
        // Long enough for the socket's limit to strike.
        long suspended = System.nanoTime();
        eventually()
                .until(() ->
                        System.nanoTime() - suspended > Duration.ofSeconds(13).toNanos());
        assertThat(status(persister, "/actuator/health/readiness")).isEqualTo(200);
        postgres.resume();
        assertAllArrived(users, more);
    }

    @Test
    void waitsForABrokerThatIsKilled() {
        start();
        List<Long> users = publish(3_000);
        eventually().until(() -> entries() > 0);
        kafka.kill();
        kafka.start();
        List<Long> more = publish(500);
        assertAllArrived(users, more);
    }

    @Test
    void startsWithoutItsServersAndWaitsForThem() {
        postgres.stop();
        kafka.stop();
        persister = PersisterMain.start(installation.settings());
        assertThat(status(persister, "/actuator/health/liveness")).isEqualTo(200);
        assertThat(status(persister, "/actuator/health/readiness")).isEqualTo(503);
        kafka.start();
        postgres.start();
        eventually().atMost(LONG).until(() -> status(persister, "/actuator/health/readiness") == 200);
        assertAllArrived(publish(10), List.of());
    }

    private void start() {
        persister = PersisterMain.start(installation.settings());
        awaitReady(persister);
    }

    private List<Long> publish(int count) {
        long first = NEXT_USER.getAndAdd(count);
        List<Long> users = LongStream.range(first, first + count).boxed().toList();
        users.forEach(
                user -> installation.publish(new EventId("/outage", "u" + user), Requests.toUsers("hello", user)));
        installation.producer().flush();
        return users;
    }

    private void assertAllArrived(List<Long> users, List<Long> more) {
        eventually().atMost(LONG).until(() -> entriesOf(users) == users.size() && entriesOf(more) == more.size());
        try (TopicReader stored = installation.reader(installation.topics().stored())) {
            eventually()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(Wire.delivered(stored.all()).stream()
                                    .filter(one -> one.seq() == 1 && one.unread() == 1)
                                    .map(Delivered::user)
                                    .collect(Collectors.toSet()))
                            .containsAll(users)
                            .containsAll(more));
            assertThat(Wire.delivered(stored.all())).allMatch(one -> one.seq() == 1);
        }
        Truth.assertEveryNumberIsAnEntry(jdbc);
        try (TopicReader letters =
                installation.reader(Topics.deadLetter(installation.topics().requested()))) {
            assertThat(letters.all()).isEmpty();
        }
    }

    private long entries() {
        return jdbc.sql("SELECT count(*) FROM inbox_entry").query(Long.class).single();
    }

    private long entriesOf(List<Long> users) {
        return jdbc.sql("SELECT count(*) FROM inbox_entry WHERE user_id = ANY (?)")
                .param(users.toArray(Long[]::new))
                .query(Long.class)
                .single();
    }
}
