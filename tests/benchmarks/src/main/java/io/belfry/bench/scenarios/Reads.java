package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.load.Http;
import io.belfry.bench.measure.CpuClock;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.system.Belfry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** What an inbox's list, its count and its changes cost, while the database is small and when it is large. */
public final class Reads implements Scenario {

    private static final long FIRST_USER = 20_000_000;

    /** Of each inbox that is read. */
    private static final int ENTRIES = 100;

    private static final int FEW = 1_000;
    private static final int MANY = 20_000;

    /** Inboxes beside those that are read, until there are a million, with ten million entries in all. */
    private static final int OTHERS = 980_000;

    private static final int ENTRIES_OF_OTHERS = 8;

    @Override
    public String name() {
        return "S6";
    }

    @Override
    public String title() {
        return "S6 Reads: list of 20, unread count, changes";
    }

    @Override
    public void run(Bench bench) {
        for (Subject subject : bench.subjects()) {
            Belfry belfry = bench.systems().whole(subject);
            belfry.school().inboxes(FIRST_USER, FEW, ENTRIES);
            // The first calls of their kind: the api compiles for half a minute.
            measure(bench, subject, belfry, FEW, "1,000 inboxes", Duration.ofSeconds(bench.size(1, 60)));
            if (!bench.quick()) {
                belfry.school().inboxes(FIRST_USER + FEW, MANY - FEW, ENTRIES);
                belfry.school().inboxes(FIRST_USER + MANY, OTHERS, ENTRIES_OF_OTHERS);
                measure(bench, subject, belfry, MANY, "1,000,000 inboxes", Duration.ofSeconds(15));
            }
        }
    }

    /** @param read so many inboxes are read, by turns */
    private void measure(Bench bench, Subject subject, Belfry belfry, int read, String database, Duration warmUp) {
        for (String path : List.of(
                "/api/notifications/?limit=20",
                "/api/notifications/unread_count/",
                "/api/notifications/changes/?after=95&epoch="
                        + belfry.database().epoch())) {
            // As many users as fit a file, spread over them.
            List<byte[]> requests = LongStream.range(0, 2_000)
                    .mapToObj(i -> Http.get(path, belfry.token(FIRST_USER + i * 7919 % read)))
                    .toList();
            load(bench, belfry, requests, 0, warmUp);
            CpuClock clock = belfry.clock();
            clock.start();
            JsonNode fast = load(bench, belfry, requests, 0, Duration.ofSeconds(bench.size(2, 20)));
            Map<String, Double> used = clock.stop();
            double rate = fast.path("ok").doubleValue() / fast.path("seconds").doubleValue();
            JsonNode even = load(bench, belfry, requests, rate / 3, Duration.ofSeconds(bench.size(2, 20)));
            String resource = path.replaceAll("\\?.*", "");
            bench.row(
                    this,
                    subject.name(),
                    resource + ", " + database,
                    List.of(
                            Samples.of("most", "calls/s", rate),
                            Samples.of(
                                    "CPU of all",
                                    "µs a call",
                                    used.values().stream()
                                                    .mapToDouble(Double::doubleValue)
                                                    .sum()
                                            * 1e6
                                            / fast.path("ok").doubleValue()),
                            Samples.of(
                                    "at a third of it p50",
                                    "ms",
                                    even.path("p50").doubleValue()),
                            Samples.of("p99", "ms", even.path("p99").doubleValue())),
                    used);
        }
    }

    private static JsonNode load(Bench bench, Belfry belfry, List<byte[]> requests, double rate, Duration time) {
        JsonNode done = Http.load(bench.programs(), bench.out(), belfry.api().port(), requests, rate, 8, time);
        if (done.path("others").intValue() + done.path("failed").intValue() > 0) {
            throw new IllegalStateException("not all were answered well: " + done);
        }
        return done;
    }
}
