package io.belfry.chaos.trials.clients;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Scale;
import io.belfry.chaos.harness.Trial;
import io.belfry.chaos.harness.TrialOutcome;
import io.belfry.chaos.load.Load;
import io.belfry.kit.client.InboxClient;
import io.belfry.kit.client.LoadClient;
import io.belfry.kit.faults.TcpProxy;
import io.belfry.kit.system.Figures;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import io.belfry.localstack.system.Service;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * The network between clients and their gateway swallows everything, the end of a connection too. Each side finds out by
 * itself that the other is gone, and when the network is back no list has a gap.
 */
public final class HalfOpenSockets implements Trial {

    private static final int CLIENTS = 200;
    private static final int NEIGHBOURS = 20;
    private static final Duration PRODUCT_HEARTBEAT = Duration.ofSeconds(25);

    private final Duration heartbeat;
    private final Function<Arena, List<Service>> gateways;

    private HalfOpenSockets(Duration heartbeat, Function<Arena, List<Service>> gateways) {
        this.heartbeat = heartbeat;
        this.gateways = gateways;
    }

    /** On gateways with the defaults of the product. */
    public static HalfOpenSockets asPromised() {
        return new HalfOpenSockets(PRODUCT_HEARTBEAT, arena -> {
            List<Service> gateways = arena.system().newGateways(2);
            gateways.forEach(gateway -> arena.keep(gateway::kill));
            return gateways;
        });
    }

    /** On the gateways that tests share, whose heartbeat is shorter, and the limits with it. */
    public static HalfOpenSockets quick() {
        return new HalfOpenSockets(
                Duration.ofSeconds(NotificationSystem.HEARTBEAT_SECONDS),
                arena -> List.of(arena.system().gateway(1), arena.system().gateway(2)));
    }

    @Override
    public String promise() {
        return "P14";
    }

    @Override
    public String fault() {
        return "clients' network swallows everything, without a FIN";
    }

    @Override
    public TrialOutcome run(Arena arena, Scale scale) {
        NotificationSystem system = arena.system();
        List<Service> both = gateways.apply(arena);
        Service gateway = both.get(0);
        Course course = system.platform().newCourse(scale.count(CLIENTS, 10));
        List<Long> cutOff = course.students();
        List<Long> neighbours = system.platform().newUserIds(scale.count(NEIGHBOURS, 4));
        URI socketAddress = NotificationSystem.socketAddress(gateway);
        TcpProxy toGateway = arena.keep(TcpProxy.to(socketAddress));
        TcpProxy toApi = arena.keep(TcpProxy.to(system.apiAddress()));
        watch(arena, cutOff, toApi.through(system.apiAddress()), toGateway.through(socketAddress));
        watch(arena, neighbours, system.apiAddress(), NotificationSystem.socketAddress(both.get(1)));
        arena.awaitConnected();
        await("all are online").until(() -> online(system, course) == cutOff.size());
        List<Long> users = new ArrayList<>(cutOff);
        users.addAll(neighbours);
        Load load = arena.load().events(users, 5, scale.count(500, 25));
        arena.untilStored(users.subList(0, 5));
        double before = closedAsGone(gateway);

        toApi.blackhole();
        toGateway.blackhole();
        long begun = System.nanoTime();
        var noticed = arena.later(() ->
                until(begun, () -> cutOff.stream().map(arena.clients()::get).noneMatch(InboxClient::isConnected)));
        var closed = arena.later(() -> until(begun, () -> closedAsGone(gateway) - before >= cutOff.size()));
        var forgotten = arena.later(() -> until(begun, () -> online(system, course) == 0));
        TrialOutcome.Draft outcome = TrialOutcome.of(cutOff.size());
        within(outcome, "the client noticed", noticed.join(), heartbeat.plusSeconds(15));
        within(
                outcome,
                "the gateway closed",
                closed.join(),
                heartbeat.multipliedBy(2).plusSeconds(10));
        within(
                outcome,
                "its session was gone",
                forgotten.join(),
                heartbeat.multipliedBy(2).plusSeconds(15));
        long undisturbed = neighbours.stream()
                .map(arena.clients()::get)
                .filter(client -> client.dials() == 1 && client.isConnected())
                .count();
        outcome.check(undisturbed == neighbours.size(), "%d neighbours kept their sockets", undisturbed);

        toApi.heal();
        toGateway.heal();
        outcome.recoveredIn(arena.awaitConnected());
        load.finish();
        arena.untilDrained();
        return outcome.compared(arena.compare());
    }

    /** In turns by a client that was written from the rule alone and by the one that ships. */
    private static void watch(Arena arena, List<Long> users, URI api, URI gateway) {
        boolean shipped = false;
        for (long user : users) {
            String token = arena.system().tokens().user(user);
            InboxClient client = shipped
                    ? arena.typeScript().open(user, token, api, List.of(gateway))
                    : new LoadClient(api, List.of(gateway), () -> token).start();
            arena.watch(user, client);
            shipped = !shipped;
        }
    }

    private static double closedAsGone(Service gateway) {
        return Figures.of(gateway).sum("belfry_gateway_closes_total", "code=\"1001\"");
    }

    private static int online(NotificationSystem system, Course course) {
        return system.user(course.instructor())
                .get("/api/courses/" + course.id() + "/")
                .body()
                .path("online")
                .asInt(-1);
    }

    /** From then until it is so for the last of them. */
    private Duration until(long begun, Callable<Boolean> so) {
        await().atMost(heartbeat.multipliedBy(3).plusSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(so);
        return Arena.since(begun);
    }

    private static void within(TrialOutcome.Draft outcome, String what, Duration time, Duration limit) {
        outcome.measured("%s within %s", what, TrialOutcome.seconds(time))
                .check(
                        time.compareTo(limit) <= 0,
                        "%s only after %s, over %d s",
                        what,
                        TrialOutcome.seconds(time),
                        limit.toSeconds());
    }
}
