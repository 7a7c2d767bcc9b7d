package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.load.Sockets;
import io.belfry.bench.measure.CpuClock;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.system.Belfry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How fast a gateway of one core lets sockets in by their tokens, and what they cost while nothing happens. */
public final class IdleSockets implements Scenario {

    @Override
    public String name() {
        return "S3";
    }

    @Override
    public String title() {
        return "S3 Idle sockets: one gateway, one core";
    }

    @Override
    public void run(Bench bench) throws IOException {
        for (Subject subject : bench.subjects()) {
            measure(bench, subject);
        }
    }

    private void measure(Bench bench, Subject subject) throws IOException {
        Belfry belfry = bench.systems().gatewayAlone(subject);
        belfry.gateway().kill();
        belfry.gateway().start();
        long gateway = belfry.gateway().pid();
        Belfry.pin(gateway, 0);
        int few = 2_000;
        int many = 18_000;
        Duration quiet = Duration.ofSeconds(bench.size(5, 60));
        CpuClock clock = belfry.clock();
        Samples resident = new Samples("resident memory", "B a socket");
        Samples idleCpu = new Samples("CPU", "µs a second and socket");
        Map<String, Double> used;
        long residentWithFew;
        // Memory first: a heap that has once been large stays so.
        try (Sockets sockets = open(bench, belfry, few)) {
            residentWithFew = residentAfterCollection(gateway, sockets);
        }
        try (Sockets sockets = open(bench, belfry, many)) {
            long residentWithMany = residentAfterCollection(gateway, sockets);
            resident.add((double) (residentWithMany - residentWithFew) / (many - few));
            clock.start();
            sockets.idle(quiet);
            used = clock.stop();
            idleCpu.add(used.getOrDefault("gateway", 0.0) * 1e6 / many / quiet.toSeconds());
        }
        Samples accepted = new Samples("let in with a token", "sockets/s");
        Samples acceptCpu = new Samples("CPU of that", "µs a socket");
        int warmUp = bench.size(1, 10);
        for (int i = 0; i < warmUp + bench.size(1, 10); i++) {
            clock.start();
            try (Sockets sockets = open(bench, belfry, many)) {
                if (i >= warmUp) {
                    accepted.add(many / sockets.connectSeconds());
                    acceptCpu.add(clock.stop().getOrDefault("gateway", 0.0) * 1e6 / many);
                }
            }
        }
        bench.row(
                this,
                subject.name(),
                "%,d sockets, idle for %d s".formatted(many, quiet.toSeconds()),
                List.of(resident, idleCpu, accepted, acceptCpu),
                used);
    }

    private static Sockets open(Bench bench, Belfry belfry, int count) {
        return Sockets.open(
                bench.programs(),
                1,
                belfry.gateway().port(),
                count,
                belfry.socketArguments(Belfry.FIRST_STUDENT, count));
    }

    private static long residentAfterCollection(long pid, Sockets sockets) throws IOException {
        sockets.idle(Duration.ofSeconds(2));
        for (int i = 0; i < 2; i++) {
            new ProcessBuilder("jcmd", String.valueOf(pid), "GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        }
        sockets.idle(Duration.ofSeconds(1));
        return CpuClock.residentBytes(pid);
    }
}
