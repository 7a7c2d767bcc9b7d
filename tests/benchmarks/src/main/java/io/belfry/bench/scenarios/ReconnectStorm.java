package io.belfry.bench.scenarios;

import io.belfry.bench.Bench;
import io.belfry.bench.Bench.Subject;
import io.belfry.bench.Scenario;
import io.belfry.bench.load.Sockets;
import io.belfry.bench.measure.CpuClock;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.system.Belfry;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A gateway with all sockets is killed; they come back to another within moments that they choose at random. */
public final class ReconnectStorm implements Scenario {

    private static final int SOCKETS = 18_000;
    private static final int JITTER_MILLIS = 5_000;

    @Override
    public String name() {
        return "S7";
    }

    @Override
    public String title() {
        return "S7 Reconnect storm: kill -9 of the gateway with all sockets";
    }

    @Override
    public void run(Bench bench) {
        for (Subject subject : bench.subjects()) {
            Belfry belfry = bench.systems().gatewayAlone(subject);
            List<Service> gateways = belfry.stack().services(ServiceKind.GATEWAY);
            Samples most = new Samples("95 % are back", "s");
            Samples all = new Samples("all are back", "s");
            Samples tries = new Samples("refused tries", "");
            Map<String, Double> cpu = new TreeMap<>();
            for (int i = 0; i < bench.size(1, 5); i++) {
                Service dying = gateways.get(i % 2);
                Service other = gateways.get((i + 1) % 2);
                sockets(bench, belfry, other)
                        .close(); // it has served before, as the others of a gateway that dies have
                CpuClock clock = belfry.clock();
                try (Sockets sockets = sockets(bench, belfry, dying)) {
                    clock.start();
                    JsonNode back = sockets.back(other.port(), Duration.ofSeconds(60), dying::kill);
                    if (back.path("open").intValue() < SOCKETS) {
                        throw new IllegalStateException("not all came back: " + back);
                    }
                    most.add(seconds(back, "most"));
                    all.add(seconds(back, "all"));
                    tries.add(back.path("tries").doubleValue());
                    clock.stop().forEach((name, seconds) -> cpu.merge(name, seconds, Double::sum));
                }
                dying.start();
                Belfry.pin(dying.pid(), 0);
            }
            bench.row(
                    this,
                    subject.name(),
                    "%,d sockets, jitter 0 to %d s".formatted(SOCKETS, JITTER_MILLIS / 1000),
                    List.of(most, all, tries),
                    cpu);
        }
    }

    private static double seconds(JsonNode back, String moment) {
        return (back.path(moment).longValue() - back.path("gone").longValue()) / 1e9;
    }

    private static Sockets sockets(Bench bench, Belfry belfry, Service gateway) {
        String[] usual = belfry.socketArguments(Belfry.FIRST_STUDENT, SOCKETS);
        String[] arguments = java.util.Arrays.copyOf(usual, usual.length + 2);
        arguments[usual.length] = "-j";
        arguments[usual.length + 1] = String.valueOf(JITTER_MILLIS);
        return Sockets.open(bench.programs(), 1, gateway.port(), SOCKETS, arguments);
    }
}
