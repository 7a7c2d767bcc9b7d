package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.load.CPrograms.RawFanOut;
import io.belfry.bench.load.Sockets;
import io.belfry.bench.load.Sockets.Arrivals;
import io.belfry.bench.measure.CpuClock;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.peers.Peer;
import io.belfry.bench.system.Belfry;
import io.belfry.bench.system.StoredEvents;
import io.belfry.kit.contract.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One notification to every socket of a gateway that has one core and one event loop, the client on the other core; then
 * twenty notifications that wait for it at once.
 */
public final class FanOut implements Scenario {

    /** Of a frame's payload, about. */
    private static final int BYTES = 350;

    private static final int BURST = 20;
    private static final Duration WAIT = Duration.ofSeconds(30);

    /** What is done after the frames is done by then. */
    private static final Duration AFTERWARDS = Duration.ofMillis(700);

    private static final List<PeerForm> PEERS = List.of(
            new PeerForm("nchan", "client.json", ""),
            new PeerForm("centrifugo", "client.json", ", one channel"),
            new PeerForm("centrifugo", "client-users.json", ", a channel for each user"),
            new PeerForm("socketio", "client.json", ""));

    /** As a frame of Belfry's is. */
    private static final String PAYLOAD = Json.object(
                    "type",
                    "notification",
                    "seq",
                    17,
                    "unread",
                    3,
                    "title",
                    "The room has changed",
                    "message",
                    "m".repeat(260))
            .toString();

    private static final String MESSAGE = "We meet in room 12 at ten, not in room 7.";

    @Override
    public String name() {
        return "S1";
    }

    @Override
    public String title() {
        return "S1 Fan-out: one gateway, one core";
    }

    @Override
    public void run(Bench bench) {
        List<Integer> sizes = bench.quick() ? List.of(10_000) : List.of(1_000, 10_000, 18_000);
        try (Gateways gateways = new Gateways(bench)) {
            for (int sockets : sizes) {
                String load = load(sockets);
                RawFanOut floor = bench.programs().rawFanOut(sockets, bench.rounds(), BYTES);
                bench.row(
                        this,
                        "raw C: send() in a loop",
                        load,
                        List.of(
                                Samples.of("CPU a recipient", "µs", floor.microsPerSend()),
                                Samples.of("last", "ms", floor.lastMillis())),
                        Map.of());
                gateways.measure(this, sockets, load);
                if (bench.peers()) {
                    PEERS.forEach(form -> bench.tryOut(form.peer(), () -> peer(bench, form, sockets)));
                }
            }
        }
    }

    private static String load(int sockets) {
        return "%,d sockets, %d B".formatted(sockets, BYTES);
    }

    /** The same for another system, whose publisher posts to it over HTTP. */
    private void peer(Bench bench, PeerForm form, int sockets) {
        Samples micros = new Samples("CPU a recipient", "µs");
        Samples last = new Samples("last", "ms");
        try (Peer peer = Peer.start(form.peer(), form.client(), bench.out(), sockets, 0, Map.of());
                Sockets open = peer.open(bench.programs(), 1)) {
            CpuClock clock = new CpuClock().with("server", peer::pid);
            byte[] request = peer.publishing(PAYLOAD);
            open.idle(AFTERWARDS);
            int warmUp = bench.size(5, 20);
            for (int i = 0; i < warmUp + bench.rounds(); i++) {
                clock.start();
                Arrivals arrivals = open.post(1, WAIT, peer.port(), request);
                double used = clock.stop().getOrDefault("server", 0.0);
                open.idle(AFTERWARDS);
                if (arrivals.missing() > 0) {
                    throw new IllegalStateException(peer.version() + " lost " + arrivals.missing());
                }
                if (i >= warmUp) {
                    micros.add(used * 1e6 / sockets);
                    last.add(arrivals.lastAfter(arrivals.all().path("sent").longValue()));
                }
            }
            bench.row(this, peer.version() + form.note(), load(sockets), List.of(micros, last), Map.of());
        }
    }

    private record PeerForm(String peer, String client, String note) {}

    /** A gateway of each build, alive at the same time and used in turns. */
    private static final class Gateways implements AutoCloseable {

        private final Bench bench;
        private final List<One> all = new ArrayList<>();

        Gateways(Bench bench) {
            this.bench = bench;
            bench.subjects().forEach(subject -> all.add(new One(bench, subject)));
        }

        void measure(Scenario scenario, int sockets, String load) {
            all.forEach(one -> one.connect(sockets));
            Duration warmUp = Duration.ofSeconds(bench.size(10, 30));
            all.forEach(one -> one.warmUp(warmUp));
            for (int i = 0; i < bench.rounds(); i++) {
                all.forEach(one -> one.round(true));
            }
            all.forEach(one -> one.tell(scenario, load));
            if (sockets == 10_000) {
                for (int i = 0; i < bench.rounds() + 2; i++) {
                    boolean counts = i >= 2;
                    all.forEach(one -> one.burst(counts));
                }
                all.forEach(one -> one.tellBurst(scenario, load));
            }
            all.forEach(One::disconnect);
        }

        @Override
        public void close() {
            all.forEach(One::close);
        }
    }

    /** One gateway, its sockets and its figures. */
    private static final class One implements AutoCloseable {

        private final Bench bench;
        private final Subject subject;
        private final Belfry belfry;
        private final StoredEvents events;
        private final CpuClock clock;
        private @Nullable Sockets sockets;
        private int count;
        private Samples micros = new Samples("", "");
        private Samples after = new Samples("", "");
        private Samples first = new Samples("", "");
        private Samples last = new Samples("", "");
        private Map<String, Double> cpu = new TreeMap<>();

        One(Bench bench, Subject subject) {
            this.bench = bench;
            this.subject = subject;
            belfry = bench.systems().gatewayAlone(subject);
            events = new StoredEvents(belfry);
            clock = belfry.clock();
        }

        void connect(int wanted) {
            count = wanted;
            sockets = Sockets.open(
                    bench.programs(),
                    1,
                    belfry.gateway().port(),
                    count,
                    belfry.socketArguments(Belfry.FIRST_STUDENT, count));
            micros = new Samples("CPU a recipient", "µs");
            after = new Samples("and afterwards", "µs");
            first = new Samples("first", "ms");
            last = new Samples("last", "ms");
            cpu = new TreeMap<>();
        }

        private Sockets open() {
            return Objects.requireNonNull(sockets);
        }

        /** Without a pause: the JIT compiles what has run often, and a measured round has few events. */
        void warmUp(Duration time) {
            for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
                List<ProducerRecord<byte[], byte[]>> records = events.of(Belfry.FIRST_STUDENT, count, MESSAGE);
                requireAll(open().during(1, WAIT, () -> events.publish(records)));
            }
        }

        void round(boolean counts) {
            List<ProducerRecord<byte[], byte[]>> records = events.of(Belfry.FIRST_STUDENT, count, MESSAGE);
            clock.start();
            long[] begin = new long[1];
            Arrivals arrivals = open().during(1, WAIT, () -> {
                begin[0] = System.nanoTime();
                events.publish(records);
            });
            double delivering = clock.stop().getOrDefault("gateway", 0.0);
            open().idle(AFTERWARDS);
            Map<String, Double> used = clock.stop();
            requireAll(arrivals);
            if (counts) {
                micros.add(delivering * 1e6 / count);
                after.add((used.getOrDefault("gateway", 0.0) - delivering) * 1e6 / count);
                first.add(arrivals.firstAfter(begin[0]));
                last.add(arrivals.lastAfter(begin[0]));
                used.forEach((name, seconds) -> cpu.merge(name, seconds, Double::sum));
            }
        }

        /** They wait in Kafka while the gateway is frozen, so that it finds them together. */
        void burst(boolean counts) {
            belfry.gateway().suspend();
            for (int i = 0; i < BURST; i++) {
                events.publish(events.of(Belfry.FIRST_STUDENT, count, MESSAGE));
            }
            events.await();
            clock.start();
            Arrivals arrivals = open().during(BURST, WAIT, belfry.gateway()::resume);
            double used = clock.stop().getOrDefault("gateway", 0.0);
            open().idle(AFTERWARDS);
            requireAll(arrivals);
            if (counts) {
                micros.add(used * 1e6 / count / BURST);
                last.add((arrivals.last() - arrivals.first()) / 1e6);
            }
        }

        private void requireAll(Arrivals arrivals) {
            if (arrivals.missing() > 0) {
                throw new IllegalStateException(arrivals.missing() + " of " + count + " did not get it");
            }
        }

        void tell(Scenario scenario, String load) {
            bench.row(scenario, subject.name(), load, List.of(micros, after, first, last), cpu);
            micros = new Samples("CPU a frame", "µs");
            last = new Samples("first to last", "ms");
        }

        void tellBurst(Scenario scenario, String load) {
            bench.row(scenario, subject.name(), load + ", " + BURST + " at once", List.of(micros, last), Map.of());
        }

        void disconnect() {
            open().close();
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
