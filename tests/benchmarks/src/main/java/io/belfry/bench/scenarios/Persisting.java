package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.measure.CpuClock;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.system.Belfry;
import io.belfry.bench.system.SqlCondition;
import io.belfry.bench.system.SqlFloor;
import io.belfry.kit.contract.Json;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Events that wait in Kafka until they are in the inboxes: many for one user each, and one for a whole course. */
public final class Persisting implements Scenario {

    private static final Duration WAIT = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "S4";
    }

    @Override
    public String title() {
        return "S4 Storing: one persister, two threads";
    }

    @Override
    public void run(Bench bench) {
        for (Subject subject : bench.subjects()) {
            Belfry belfry = bench.systems().whole(subject);
            Events events = new Events(
                    belfry.stack().infrastructure().kafka().bootstrapServers(),
                    belfry.stack().topicPrefix());
            singleUsers(bench, subject, belfry, events);
            new SqlFloor(belfry).vacuum();
            for (int users : bench.quick() ? List.of(10_000) : List.of(1_000, 10_000, 100_000)) {
                fanOut(bench, subject, belfry, users);
            }
        }
    }

    private void singleUsers(Bench bench, Subject subject, Belfry belfry, Events events) {
        int count = bench.size(10_000, 100_000);
        Samples rate = new Samples("stored", "events/s");
        Samples persisterMicros = new Samples("CPU of the persister", "µs an event");
        Samples micros = new Samples("CPU of all", "µs an event");
        Map<String, Double> cpu = new TreeMap<>();
        CpuClock clock = belfry.clock();
        int warmUp = 2;
        for (int round = 0; round < bench.size(3, bench.rounds()) + warmUp; round++) {
            belfry.persister().suspend();
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long user = Belfry.FIRST_STUDENT + i;
                drafts.add(Events.request(Events.newId(), message(user)).key(String.valueOf(user)));
            }
            events.publishAll(drafts);
            double seconds;
            Map<String, Double> used;
            try (SqlCondition stored = stored(belfry, count)) {
                clock.start();
                long begin = System.nanoTime();
                belfry.persister().resume();
                stored.awaitTrue(WAIT);
                seconds = (System.nanoTime() - begin) / 1e9;
                used = clock.stop();
            }
            if (round >= warmUp) {
                rate.add(count / seconds);
                persisterMicros.add(used.getOrDefault("persister", 0.0) * 1e6 / count);
                micros.add(
                        used.values().stream().mapToDouble(Double::doubleValue).sum() * 1e6 / count);
                used.forEach((name, each) -> cpu.merge(name, each, Double::sum));
            }
        }
        String load = "%,d events for one user each".formatted(count);
        bench.row(this, subject.name(), load, List.of(rate, persisterMicros, micros), cpu);
    }

    private static JsonNode message(long user) {
        return Json.object(
                "notification_type",
                "announcement",
                "title",
                "Your result is there",
                "message",
                "You can see it now.",
                "audience",
                Json.object("users", List.of(user)));
    }

    /** Rows are counted only once their ids reach as far: that takes as long as storing many of them. */
    private static SqlCondition stored(Belfry belfry, int count) {
        long newest = belfry.database().count("SELECT coalesce(max(id), 0) FROM notification");
        return new SqlCondition(belfry.database(), """
                SELECT CASE WHEN (SELECT max(id) FROM notification) >= ?
                            THEN (SELECT count(*) FROM notification WHERE id > ?) >= ? ELSE false END
                """, newest + count, newest, count);
    }

    private void fanOut(Bench bench, Subject subject, Belfry belfry, int users) {
        long course = 5_000L + users;
        belfry.school().course(course, Belfry.FIRST_STUDENT, users);
        Samples millis = new Samples("stored", "ms");
        Samples wal = new Samples("WAL", "B a recipient");
        CpuClock clock = belfry.clock();
        Map<String, Double> cpu = new TreeMap<>();
        int warmUp = Math.max(1, bench.size(20_000, 100_000) / users);
        int rounds = users > 10_000 ? 3 : bench.rounds();
        for (int i = 0; i < warmUp + rounds; i++) {
            long written = walBytes(belfry);
            clock.start();
            double took = belfry.storeByEvent(course, WAIT);
            Map<String, Double> used = clock.stop();
            if (i >= warmUp) {
                millis.add(took);
                wal.add((double) (walBytes(belfry) - written) / users);
                used.forEach((name, seconds) -> cpu.merge(name, seconds, Double::sum));
            }
        }
        String load = "%,d students of one course".formatted(users);
        Samples floor = new SqlFloor(belfry).fanOutMillis(users, rounds);
        bench.row(this, "psql: the same statements", load, List.of(floor), Map.of());
        bench.row(this, subject.name(), load, List.of(millis, wal), cpu);
    }

    private static long walBytes(Belfry belfry) {
        return belfry.database().count("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint");
    }
}
