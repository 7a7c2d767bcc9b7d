package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.load.Sockets;
import io.belfry.bench.load.Sockets.Arrivals;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.system.Belfry;
import io.belfry.bench.system.KafkaTool;
import io.belfry.bench.system.StoredEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** From a producer to a socket of the gateway: one record at a time, through one topic. */
public final class KafkaHop implements Scenario {

    @Override
    public String name() {
        return "S5";
    }

    @Override
    public String title() {
        return "S5 One hop through Kafka";
    }

    @Override
    public void run(Bench bench) {
        int records = bench.size(300, 1_000);
        for (Subject subject : bench.subjects()) {
            Belfry belfry = bench.systems().gatewayAlone(subject);
            KafkaTool.EndToEnd floor = KafkaTool.endToEnd(belfry, records);
            bench.row(
                    this,
                    "Kafka's own EndToEndLatency",
                    records + " records, acks=all",
                    List.of(Samples.of("p50", "ms", floor.p50()), Samples.of("p99", "ms", floor.p99())),
                    Map.of());
            measure(bench, subject, belfry, records);
        }
    }

    private void measure(Bench bench, Subject subject, Belfry belfry, int records) {
        Samples delays = new Samples("p50", "ms");
        try (StoredEvents events = new StoredEvents(belfry);
                Sockets socket = Sockets.open(
                        bench.programs(),
                        1,
                        belfry.gateway().port(),
                        1,
                        belfry.socketArguments(Belfry.FIRST_STUDENT, 1))) {
            for (int i = 0; i < 2 * records; i++) {
                var event = events.of(Belfry.FIRST_STUDENT, 1, "Now.");
                long[] begin = new long[1];
                Arrivals arrivals = socket.during(1, Duration.ofSeconds(10), () -> {
                    begin[0] = System.nanoTime();
                    events.publish(event);
                });
                if (i >= records) {
                    delays.add(arrivals.firstAfter(begin[0]));
                }
                socket.idle(Duration.ofMillis(2));
            }
        }
        bench.row(
                this,
                subject.name() + ", to a socket",
                records + " records, acks=all",
                List.of(Samples.of("p50", "ms", delays.median()), Samples.of("p99", "ms", delays.at(0.99))),
                Map.of());
    }
}
