package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.kit.database.Database.Entry;
import io.belfry.kit.kafka.Events;
import io.belfry.localstack.KafkaServer;
import io.belfry.localstack.PostgresServer;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Servers that go away and come back: everything is stored and announced once they are there, nothing is set aside. */
@ExtendWith(OutputCaptureExtension.class)
class OutageIT extends PersisterTest {

    private static final AtomicLong NEXT_USER = new AtomicLong(1);
    private static final Duration SHOWN = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(120);

    private final PostgresServer postgres = installation.servers().postgres();
    private final KafkaServer kafka = installation.servers().kafka();

    @AfterEach
    void restore() {
        postgres.start();
        kafka.resume();
        kafka.start();
        stop();
    }

    @Test
    void waitsForADatabaseThatIsKilled() {
        startAndShow();
        List<Long> users = publish(3_000);
        eventually().until(() -> number("SELECT count(*) FROM inbox_entry") > 0);
        postgres.kill();
        List<Long> more = publish(500);
        assertShows("postgresql", "kafka");
        assertThat(status("/actuator/health/liveness")).isEqualTo(200);
        postgres.start();
        assertShowsBoth();
        assertAllArrived(users, more);
    }

    @Test
    void waitsForABrokerThatIsKilled() {
        startAndShow();
        List<Long> users = publish(3_000);
        eventually().until(() -> number("SELECT count(*) FROM inbox_entry") > 0);
        kafka.kill();
        assertShows("kafka", "postgresql");
        kafka.start();
        List<Long> more = publish(500);
        assertAllArrived(users, more);
        assertShowsBoth();
    }

    @Test
    void waitsForABrokerThatHangs() {
        startAndShow();
        List<Long> users = publish(1_000);
        kafka.suspend();
        assertShows("kafka", "postgresql");
        kafka.resume();
        assertShowsBoth();
        assertAllArrived(users, publish(10));
    }

    /** As after a failover whose old primary lives on: sessions that are there stay read-only, new ones can write. */
    @Test
    void leavesSessionsThatTurnedReadOnly(CapturedOutput output) {
        startAndShow();
        String database = text("SELECT current_database()");
        run("ALTER DATABASE " + database + " SET default_transaction_read_only = on");
        jdbc.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'belfry-persister'"
                        + " AND datname = current_database()")
                .query()
                .listOfRows();
        List<Long> users = publish(10);
        eventually().until(() -> output.getOut().contains("read-only transaction"));
        // The statement itself is not read-only: it says so.
        run("BEGIN READ WRITE; ALTER DATABASE " + database + " RESET default_transaction_read_only; COMMIT");
        // Two pauses: a session that began before the end of it may be met once more, but not one after the other.
        eventually().atMost(Duration.ofSeconds(20)).until(() -> entries(users) == users.size());
        assertAllArrived(users, publish(10));
    }

    @Test
    void startsWithoutItsServersAndWaitsForThem() {
        postgres.stop();
        kafka.stop();
        persister = PersisterMain.start(installation.settings());
        assertThat(status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(status("/actuator/health/readiness")).isEqualTo(503);
        kafka.start();
        postgres.start();
        eventually().atMost(LONG).until(() -> status("/actuator/health/readiness") == 200);
        assertAllArrived(publish(10), List.of());
    }

    /** Within 10 s; and it is ready, because no other copy of it would do better. */
    private void assertShows(String gone, String there) {
        eventually().atMost(SHOWN).until(() -> !isUp(gone));
        assertThat(isUp(there)).isTrue();
        assertThat(status("/actuator/health/readiness")).isEqualTo(200);
    }

    private void assertShowsBoth() {
        eventually().atMost(SHOWN).until(() -> isUp("postgresql") && isUp("kafka"));
    }

    private boolean isUp(String server) {
        return figure("belfry_server_up", "server=\"" + server + "\"") == 1;
    }

    private void startAndShow() {
        start();
        assertShowsBoth();
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
        eventually().atMost(LONG).until(() -> entries(users) == users.size() && entries(more) == more.size());
        eventually()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(announced())
                        .extracting(Entry::user)
                        .containsAll(users)
                        .containsAll(more));
        assertThat(announced()).allMatch(one -> one.seq() == 1 && one.unread() == 1);
        assertEveryNumberIsAnEntry();
        assertThat(installation.deadLetters()).isEmpty();
    }

    private List<Entry> announced() {
        return Events.announced(installation.read(installation.topics().stored()));
    }
}
