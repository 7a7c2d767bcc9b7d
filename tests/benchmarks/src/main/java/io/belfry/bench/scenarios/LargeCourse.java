package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.load.Http;
import io.belfry.bench.load.Sockets;
import io.belfry.bench.load.Sockets.Arrivals;
import io.belfry.bench.measure.CpuClock;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.system.Belfry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** One send to a hundred thousand students, and what it does to the sends to other courses meanwhile. */
public final class LargeCourse implements Scenario {

    private static final int STUDENTS = 100_000;
    private static final long COURSE = 9_000;
    private static final int OTHERS = 50;
    private static final int A_SECOND = 20;
    private static final Duration WAIT = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "S9";
    }

    @Override
    public String title() {
        return "S9 A large course, and small ones beside it";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (Subject subject : bench.subjects()) {
            measure(bench, subject, bench.systems().whole(subject));
        }
    }

    private void measure(Bench bench, Subject subject, Belfry belfry) throws Exception {
        belfry.school().course(COURSE, Belfry.FIRST_STUDENT, STUDENTS);
        long firstOther = Belfry.FIRST_STUDENT + STUDENTS;
        for (int i = 0; i < OTHERS; i++) {
            belfry.school().course(COURSE + 1 + i, firstOther + i, 1);
        }
        Samples first = new Samples("first frame", "ms");
        Samples stored = new Samples("all stored", "ms");
        Samples p50 = new Samples("other sends p50", "ms");
        Samples p99 = new Samples("p99", "ms");
        CpuClock clock = belfry.clock();
        Map<String, Double> cpu = new TreeMap<>();
        try (Sockets one = sockets(bench, belfry, Belfry.FIRST_STUDENT, 1);
                Sockets others = sockets(bench, belfry, firstOther, OTHERS)) {
            for (int i = 0; i < bench.size(2, 6); i++) {
                Duration time = Duration.ofSeconds(bench.size(4, 6));
                List<byte[]> requests = new ArrayList<>(IntStream.range(0, OTHERS)
                        .mapToObj(other -> belfry.send(COURSE + 1 + other))
                        .toList());
                CompletableFuture<JsonNode> load =
                        Http.begin(bench.programs(), bench.out(), belfry.api().port(), requests, A_SECOND, 16, time);
                CompletableFuture<JsonNode> delays = CompletableFuture.supplyAsync(
                        () -> others.delays(time.plusSeconds(1)), task -> new Thread(task, "delays").start());
                one.idle(Duration.ofSeconds(1));
                clock.start();
                Arrivals arrivals = one.post(1, WAIT, belfry.api().port(), belfry.send(COURSE));
                double took = belfry.awaitStored(COURSE, WAIT);
                Map<String, Double> used = clock.stop();
                JsonNode sent = load.get();
                JsonNode late = delays.get();
                if (sent.path("ok").intValue() < sent.path("sent").intValue()
                        || late.path("count").intValue() < sent.path("sent").intValue()) {
                    throw new IllegalStateException("not all came: " + sent + late);
                }
                if (i > 0) {
                    first.add(arrivals.firstAfter(arrivals.all().path("sent").longValue()));
                    stored.add(took);
                    p50.add(late.path("p50").doubleValue());
                    p99.add(late.path("p99").doubleValue());
                    used.forEach((name, seconds) -> cpu.merge(name, seconds, Double::sum));
                }
            }
        }
        bench.row(
                this,
                subject.name(),
                "%,d students; %d sends a second to others".formatted(STUDENTS, A_SECOND),
                List.of(first, stored, p50, p99),
                cpu);
    }

    private static Sockets sockets(Bench bench, Belfry belfry, long firstUser, int count) {
        return Sockets.open(
                bench.programs(), -1, belfry.gateway().port(), count, belfry.socketArguments(firstUser, count));
    }
}
