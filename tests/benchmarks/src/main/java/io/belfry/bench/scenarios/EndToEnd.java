package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.load.CPrograms.RawFanOut;
import io.belfry.bench.load.Http;
import io.belfry.bench.load.Sockets;
import io.belfry.bench.load.Sockets.Arrivals;
import io.belfry.bench.measure.CpuClock;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.peers.Peer;
import io.belfry.bench.system.Belfry;
import io.belfry.bench.system.KafkaTool;
import io.belfry.bench.system.SqlFloor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An instructor's POST until the last connected student of the course has the frame; the rows are committed before it. */
public final class EndToEnd implements Scenario {

    private static final Duration WAIT = Duration.ofSeconds(30);

    /** Of a course with a number of its own. */
    private static final long FIRST_COURSE = 1_000;

    @Override
    public String name() {
        return "S2";
    }

    @Override
    public String title() {
        return "S2 From POST to the last frame: the whole stack, two cores for all";
    }

    @Override
    public void run(Bench bench) {
        for (int students : bench.quick() ? List.of(1, 10_000) : List.of(1, 200, 1_000, 10_000)) {
            List<One> all = bench.subjects().stream()
                    .map(subject -> new One(bench, subject, students))
                    .toList();
            if (students == 1) {
                all.forEach(One::warmUp);
            }
            int warmUp = students == 1 ? bench.size(100, 1_000) : bench.size(5, 50);
            int rounds = students == 1 ? bench.size(200, 1_000) : bench.rounds();
            for (int i = 0; i < warmUp + rounds; i++) {
                boolean counts = i >= warmUp;
                all.forEach(one -> one.round(counts));
            }
            all.forEach(one -> one.tell(this));
            if (students == 1) {
                all.forEach(one -> one.idle(this, Duration.ofSeconds(bench.size(5, 60))));
            }
            all.forEach(One::close);
            floor(bench, students);
            if (bench.peers()) {
                List.of("tuned", "naive")
                        .forEach(form -> bench.tryOut(form + " Django", () -> earlierSystem(bench, form, students)));
            }
        }
    }

    /** The system that Belfry takes over from, on the same PostgreSQL and Redis. */
    private void earlierSystem(Bench bench, String form, int students) {
        Belfry servers = bench.systems().whole(bench.subjects().get(0));
        Map<String, String> environment = Map.of(
                "BELFRY_BENCH_FORM",
                form,
                "BELFRY_BENCH_POSTGRES",
                "127.0.0.1:" + servers.stack().infrastructure().postgres().port(),
                "BELFRY_BENCH_DATABASE",
                servers.stack().jdbcUrl().replaceAll(".*/", ""),
                "BELFRY_BENCH_REDIS",
                "127.0.0.1:" + servers.stack().infrastructure().redis().port());
        Samples first = new Samples("first", "ms");
        Samples last = new Samples("last", "ms");
        Samples micros = new Samples("CPU of all processes", "µs a recipient");
        Samples missing = new Samples("lost", "frames");
        Map<String, Double> cpu = new TreeMap<>();
        int rounds = form.equals("naive") && students > 1_000 ? 2 : bench.rounds();
        try (Peer peer = Peer.start("django", "client.json", bench.out(), students, -1, environment);
                Sockets open = peer.open(bench.programs(), -1)) {
            CpuClock clock = new CpuClock().with("daphne", peer::pid);
            List.of("postgres", "redis").forEach(name -> clock.with(name, () -> servers.pid(name)));
            byte[] request = peer.publishing("");
            for (int i = 0; i < rounds + 2; i++) {
                clock.start();
                Arrivals arrivals =
                        open.post(1, Duration.ofSeconds(form.equals("naive") ? 90 : 20), peer.port(), request);
                Map<String, Double> used = clock.stop();
                open.idle(Duration.ofMillis(300));
                if (i >= 2) {
                    if (arrivals.received() > 0) {
                        long sent = arrivals.all().path("sent").longValue();
                        first.add(arrivals.firstAfter(sent));
                        last.add(arrivals.lastAfter(sent));
                    }
                    missing.add(arrivals.missing());
                    micros.add(used.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum()
                            * 1e6
                            / students);
                    used.forEach((name, seconds) -> cpu.merge(name, seconds, Double::sum));
                }
            }
            List<Samples> figures = Stream.of(first, last, micros, missing)
                    .filter(samples -> samples.count() > 0)
                    .toList();
            bench.row(this, peer.version() + ", " + form, load(students), figures, cpu);
        }
    }

    /** What nothing on this machine can go below: two ways through Kafka, the statements, the writes to the sockets. */
    private void floor(Bench bench, int students) {
        Belfry belfry = bench.systems().whole(bench.subjects().get(0));
        double hop = KafkaTool.endToEnd(belfry, bench.size(300, 1_000)).p50();
        double sql = new SqlFloor(belfry).fanOutMillis(students, bench.rounds()).median();
        RawFanOut raw = bench.programs().rawFanOut(students, bench.rounds(), 350);
        double writes = Samples.of("", "", raw.lastMillis()).median();
        bench.row(
                this,
                "floor: Kafka twice, SQL, raw C",
                load(students),
                List.of(
                        Samples.of("last", "ms", 2 * hop + sql + writes),
                        Samples.of("Kafka", "ms", 2 * hop),
                        Samples.of("psql", "ms", sql),
                        Samples.of("send()", "ms", writes)),
                Map.of());
    }

    private static String load(int students) {
        return students == 1 ? "1 student" : "%,d students".formatted(students);
    }

    /** One build, its sockets and its figures. */
    private static final class One {

        private final Bench bench;
        private final Subject subject;
        private final Belfry belfry;
        private final int students;

        /** Whether the CPU of each round is read, which takes longer than a send to one student. */
        private final boolean byRound;

        private final long course;
        private final Sockets sockets;
        private final CpuClock clock;
        private final Samples answered = new Samples("202", "ms");
        private final Samples first = new Samples("first", "ms");
        private final Samples last = new Samples("last", "ms");
        private final Samples micros;
        private final Map<String, Double> cpu = new TreeMap<>();

        One(Bench bench, Subject subject, int students) {
            this.bench = bench;
            this.subject = subject;
            this.students = students;
            byRound = students > 1;
            belfry = bench.systems().whole(subject);
            course = FIRST_COURSE + students;
            belfry.school().course(course, Belfry.FIRST_STUDENT, students);
            sockets = Sockets.open(
                    bench.programs(),
                    -1,
                    belfry.gateway().port(),
                    students,
                    belfry.socketArguments(Belfry.FIRST_STUDENT, students));
            clock = belfry.clock();
            micros = new Samples("CPU of all processes", byRound ? "µs a recipient" : "µs a send");
        }

        /** As fast as the limit of its instructors allows: at the pace of a round code is compiled for too long. */
        void warmUp() {
            Duration time = Duration.ofSeconds(bench.size(10, 60));
            Http.load(bench.programs(), bench.out(), belfry.api().port(), belfry.sends(course), 150, 8, time);
            sockets.idle(Duration.ofSeconds(2));
        }

        void round(boolean counts) {
            byte[] request = belfry.send(course);
            if (byRound || (counts && answered.count() == 0)) {
                clock.start();
            }
            Arrivals arrivals = sockets.post(1, WAIT, belfry.api().port(), request);
            sockets.idle(Duration.ofMillis(byRound ? 400 : 10));
            Map<String, Double> used = byRound ? clock.stop() : Map.of();
            if (arrivals.missing() > 0 || arrivals.all().path("status").intValue() != 202) {
                throw new IllegalStateException("not all got it: " + arrivals.all());
            }
            if (counts) {
                long sent = arrivals.all().path("sent").longValue();
                answered.add((arrivals.all().path("answered").longValue() - sent) / 1e6);
                first.add(arrivals.firstAfter(sent));
                last.add(arrivals.lastAfter(sent));
                if (byRound) {
                    tell(used, students);
                }
            }
        }

        private void tell(Map<String, Double> used, int units) {
            micros.add(used.values().stream().mapToDouble(Double::doubleValue).sum() * 1e6 / units);
            used.forEach((name, seconds) -> cpu.merge(name, seconds, Double::sum));
        }

        void tell(Scenario scenario) {
            List<Samples> figures = new ArrayList<>();
            if (!byRound) {
                tell(clock.stop(), answered.count());
                figures.add(Samples.of("202 p50", "ms", answered.median()));
                figures.add(Samples.of("frame p50", "ms", last.median()));
                figures.add(Samples.of("frame p99", "ms", last.at(0.99)));
                figures.add(Samples.of(micros.name(), micros.unit(), micros.median()));
            } else {
                figures.addAll(List.of(answered, first, last, micros));
            }
            bench.row(scenario, subject.name(), load(students), figures, cpu);
        }

        /** What the system takes while nothing happens, warm as it is. */
        void idle(Scenario scenario, Duration time) {
            clock.start();
            sockets.idle(time);
            Map<String, Double> used = clock.stop();
            double sum = used.values().stream().mapToDouble(Double::doubleValue).sum();
            Samples millis = Samples.of("CPU of all processes", "ms a second", sum * 1e3 / time.toSeconds());
            bench.row(scenario, subject.name(), "nothing is sent", List.of(millis), used);
        }

        void close() {
            sockets.close();
        }
    }
}
