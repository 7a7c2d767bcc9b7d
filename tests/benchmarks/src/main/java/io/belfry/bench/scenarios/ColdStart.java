package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.load.Sockets;
import io.belfry.bench.load.Sockets.Arrivals;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.system.Belfry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The first sends to a system that has just said that it is ready, as {@code ./dev up} starts it. */
public final class ColdStart implements Scenario {

    private static final long COURSE = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(300);

    @Override
    public String name() {
        return "S10";
    }

    @Override
    public String title() {
        return "S10 The first sends after a start: POST to the frame of one student";
    }

    @Override
    public void run(Bench bench) {
        Map<Subject, NavigableMap<Integer, Samples>> all = new LinkedHashMap<>();
        for (int i = 0; i < bench.size(1, 5); i++) {
            for (Subject subject : bench.subjects()) {
                var figures = all.computeIfAbsent(subject, any -> figures(bench));
                Belfry belfry = bench.systems().cold(subject);
                belfry.school().course(COURSE, Belfry.FIRST_STUDENT, 1);
                send(bench, belfry, figures);
            }
        }
        all.forEach((subject, figures) -> bench.row(
                this, subject.name(), "1 student, a send every 0.3 s", List.copyOf(figures.values()), Map.of()));
        bench.systems().close();
    }

    /** Of which sends. */
    private static NavigableMap<Integer, Samples> figures(Bench bench) {
        NavigableMap<Integer, Samples> figures = new TreeMap<>();
        figures.put(1, new Samples("first", "ms"));
        figures.put(2, new Samples("second", "ms"));
        figures.put(10, new Samples("tenth", "ms"));
        if (!bench.quick()) {
            figures.put(100, new Samples("hundredth", "ms"));
        }
        return figures;
    }

    private static void send(Bench bench, Belfry belfry, NavigableMap<Integer, Samples> figures) {
        String[] arguments = belfry.socketArguments(Belfry.FIRST_STUDENT, 1);
        try (Sockets socket =
                Sockets.open(bench.programs(), -1, belfry.gateway().port(), 1, arguments)) {
            for (int i = 1; i <= figures.lastKey(); i++) {
                Arrivals arrivals =
                        socket.post(1, Duration.ofSeconds(30), belfry.api().port(), belfry.send(COURSE));
                if (arrivals.missing() > 0) {
                    throw new IllegalStateException("it did not come: " + arrivals.all());
                }
                if (figures.containsKey(i)) {
                    figures.get(i)
                            .add(arrivals.lastAfter(arrivals.all().path("sent").longValue()));
                }
                socket.idle(PAUSE);
            }
        }
    }
}
