package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.load.Http;
import io.belfry.bench.load.Sockets;
import io.belfry.bench.measure.CpuClock;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.system.Belfry;
import io.belfry.localstack.system.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Fifty courses of two hundred connected students, sends and reads at an even pace, one socket in twenty that never reads. */
public final class Soak implements Scenario {

    private static final int COURSES = 50;
    private static final int STUDENTS = 200;
    private static final long FIRST_COURSE = 7_000;
    private static final int SENDS_A_SECOND = 50;
    private static final int READS_A_SECOND = 10;

    @Override
    public String name() {
        return "S8";
    }

    @Override
    public String title() {
        return "S8 Soak: 50 courses of 200, 50 sends and 10 reads a second, 5 % slow readers";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (Subject subject : bench.subjects()) {
            measure(bench, subject, bench.systems().whole(subject));
        }
    }

    private void measure(Bench bench, Subject subject, Belfry belfry) throws Exception {
        for (int i = 0; i < COURSES; i++) {
            belfry.school().course(FIRST_COURSE + i, Belfry.FIRST_STUDENT + (long) i * STUDENTS, STUDENTS);
        }
        int sockets = COURSES * STUDENTS;
        String[] arguments = Stream.concat(
                        Stream.of(belfry.socketArguments(Belfry.FIRST_STUDENT, sockets)), Stream.of("-s", "5"))
                .toArray(String[]::new);
        try (Sockets students =
                Sockets.open(bench.programs(), -1, belfry.gateway().port(), sockets, arguments)) {
            run(bench, belfry, students, Duration.ofSeconds(bench.size(3, 30)));
            long before = resident(belfry);
            Duration time = Duration.ofSeconds(bench.size(8, 600));
            CpuClock clock = belfry.clock().with("client", students::pid);
            clock.start();
            JsonNode late = run(bench, belfry, students, time);
            Map<String, Double> used = clock.stop();
            bench.row(
                    this,
                    subject.name(),
                    time.toSeconds() + " s",
                    List.of(
                            Samples.of("p50", "ms", late.path("p50").doubleValue()),
                            Samples.of("p99", "ms", late.path("p99").doubleValue()),
                            Samples.of("p99.9", "ms", late.path("p999").doubleValue()),
                            Samples.of("max", "ms", late.path("max").doubleValue()),
                            Samples.of("frames", "/s", late.path("frames").doubleValue() / time.toSeconds()),
                            Samples.of(
                                    "memory of the services",
                                    "times that at its begin",
                                    (double) resident(belfry) / before)),
                    used);
        }
    }

    private static long resident(Belfry belfry) {
        return belfry.stack().services().stream()
                .mapToLong(Service::pid)
                .map(CpuClock::residentBytes)
                .sum();
    }

    private static JsonNode run(Bench bench, Belfry belfry, Sockets students, Duration time) throws Exception {
        List<byte[]> sends = IntStream.range(0, 400)
                .mapToObj(i -> belfry.send(FIRST_COURSE + i % COURSES))
                .toList();
        List<byte[]> reads = IntStream.range(0, 400)
                .mapToObj(i -> Http.get("/api/notifications/", belfry.token(Belfry.FIRST_STUDENT + 7L * i)))
                .toList();
        int api = belfry.api().port();
        CompletableFuture<JsonNode> sent =
                Http.begin(bench.programs(), bench.out(), api, sends, SENDS_A_SECOND, 32, time);
        CompletableFuture<JsonNode> read =
                Http.begin(bench.programs(), bench.out(), api, reads, READS_A_SECOND, 16, time);
        JsonNode late = students.delays(time);
        for (JsonNode each : List.of(sent.get(), read.get())) {
            if (each.path("ok").intValue() < each.path("sent").intValue()) {
                throw new IllegalStateException("not all were answered well: " + each);
            }
        }
        return late;
    }
}
