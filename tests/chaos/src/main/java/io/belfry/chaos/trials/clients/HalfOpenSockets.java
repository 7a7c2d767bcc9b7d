package io.belfry.chaos.trials.clients;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.kit.client.InboxClient;
import io.belfry.kit.faults.TcpProxy;
import io.belfry.kit.system.Figures;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The network between clients and their gateway swallows everything, the end of a connection too. Each side finds out by
 * itself that the other is gone, and when the network is back no list has a gap.
 *
 * @param heartbeat of these gateways
 */
public record HalfOpenSockets(Duration heartbeat, Function<Arena, List<Service>> gateways) implements Attempt {

    private static final int CLIENTS = 200;
    private static final int NEIGHBOURS = 20;
    private static final Duration PRODUCT_HEARTBEAT = Duration.ofSeconds(25);

    /** On gateways with the defaults of the product. */
    public static HalfOpenSockets asPromised() {
        return new HalfOpenSockets(PRODUCT_HEARTBEAT, arena -> {
            List<Service> gateways = arena.system().more(ServiceKind.GATEWAY, 2);
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
    public void run(Arena arena) {
        NotificationSystem system = arena.system();
        List<Service> both = gateways.apply(arena);
        Service gateway = both.get(0);
        Course course = system.platform().newCourse(arena.count(CLIENTS, 10));
        List<Long> cutOff = course.students();
        List<Long> neighbours = system.platform().newUserIds(arena.count(NEIGHBOURS, 4));
        URI socketAddress = NotificationSystem.socketAddress(gateway);
        TcpProxy toGateway = arena.keep(TcpProxy.to(socketAddress));
        TcpProxy toApi = arena.keep(TcpProxy.to(system.apiAddress()));
        arena.watch(cutOff, toApi.through(system.apiAddress()), List.of(toGateway.through(socketAddress)));
        arena.watch(neighbours, system.apiAddress(), List.of(NotificationSystem.socketAddress(both.get(1))));
        arena.awaitConnected();
        await("all are online").until(() -> system.online(course) == cutOff.size());
        List<Long> users = new ArrayList<>(cutOff);
        users.addAll(neighbours);
        arena.load().events(users, 5, arena.count(500, 25));
        arena.untilStored(users.subList(0, 5));
        double before = closedAsGone(gateway);

        toApi.blackhole();
        toGateway.blackhole();
        var noticed = until(
                arena,
                "all clients notice",
                () -> cutOff.stream().map(arena.clients()::get).noneMatch(InboxClient::isConnected));
        var closed = until(arena, "all are closed", () -> closedAsGone(gateway) - before >= cutOff.size());
        var forgotten = until(arena, "all sessions are gone", () -> system.online(course) == 0);
        arena.outcome()
                .times(cutOff.size())
                .within(heartbeat.plusSeconds(15), "the client noticed", noticed.join())
                .within(heartbeat.multipliedBy(2).plusSeconds(10), "the gateway closed", closed.join())
                .within(heartbeat.multipliedBy(2).plusSeconds(15), "its session was gone", forgotten.join());
        long undisturbed = neighbours.stream()
                .map(arena.clients()::get)
                .filter(client -> client.dials() == 1 && client.isConnected())
                .count();
        arena.outcome().check(undisturbed == neighbours.size(), "%d neighbours kept their sockets", undisturbed);

        toApi.heal();
        toGateway.heal();
        arena.outcome().recoveredIn(arena.awaitConnected());
    }

    private static double closedAsGone(Service gateway) {
        return Figures.of(gateway).sum("belfry_gateway_closes_total", "code=\"1001\"");
    }

    private CompletableFuture<Duration> until(Arena arena, String what, Callable<Boolean> so) {
        return arena.later(() -> Arena.until(what, heartbeat.multipliedBy(3).plusSeconds(60), so));
    }
}
