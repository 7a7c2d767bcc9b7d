package io.belfry.chaos.trials.services;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.load.Busiest;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.HandshakeRefusedException;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A gateway is stopped under load: half of its clients move when they are asked to, half have to be sent away. */
public final class GatewayDrained implements Attempt {

    private static final int SOCKETS = 5_000;
    private static final Duration NOT_READY = Duration.ofSeconds(1);
    private static final Duration EXIT = Duration.ofSeconds(30);
    /** Promised is a tenth of the gateway's sockets; what is seen here has come through a busy machine. */
    private static final double BUSIEST = 0.12;

    /** Half of what a gateway lets in within a second. */
    private static final int AT_ONCE = 250;

    /** How a socket ended, and when by {@link System#nanoTime}. */
    private record End(int code, long at) {}

    /** With the product's own times, where the system that all tests share is made quick. */
    @Override
    public Arena arena() {
        return Arena.own("drain", stack -> stack.count(ServiceKind.GATEWAY, 2).count(ServiceKind.PERSISTER, 2));
    }

    @Override
    public void run(Arena arena) {
        int stubborn = arena.count(SOCKETS / 2, 40);
        int movers = arena.count(SOCKETS / 2, 20);
        arena.outcome().times(1);
        NotificationSystem system = arena.system();
        List<Service> gateways = system.stack().services(ServiceKind.GATEWAY);
        List<URI> addresses = arena.gateways();
        List<Long> users = system.platform().newUserIds(movers);
        arena.watchInTurns(users, AT_ONCE, addresses);
        ConcurrentLinkedQueue<End> ends = new ConcurrentLinkedQueue<>();
        for (long user : system.platform().newUserIds(stubborn)) {
            Dial dial = Dial.to(addresses.get(1))
                    .bearer(system.tokens().user(user))
                    .onClosed(closed -> ends.add(new End(closed.code(), System.nanoTime())));
            // A client that is one too many within a second is refused, and comes again.
            SocketClient socket = await("a socket is let in")
                    .pollDelay(Duration.ZERO)
                    .ignoreException(HandshakeRefusedException.class)
                    .until(dial::open, Objects::nonNull);
            arena.keep(socket).welcome();
        }
        arena.awaitConnected();
        arena.load().events(users, 10, arena.count(1_000, 50));
        arena.untilStored(users.subList(0, 10));

        Service leaving = gateways.get(1);
        ApiClient management = new ApiClient(URI.create("http://127.0.0.1:" + leaving.managementPort()), null);
        long asked = System.nanoTime();
        var stopped = arena.later(() -> {
            leaving.stop();
            return Arena.since(asked);
        });
        Duration notReady = Arena.until(
                "not ready",
                Duration.ofSeconds(30),
                () -> management.get("/readyz").status() == 503);
        Duration exit = stopped.join();
        await("all are sent away").until(() -> ends.size() == stubborn);

        long told = ends.stream().filter(end -> end.code() == 1012).count();
        int busiest = Busiest.second(ends.stream().map(End::at).toList());
        arena.outcome()
                .recoveredIn(exit, EXIT)
                .measured("%d stay and %d move; not ready after %s", stubborn, movers, Outcome.seconds(notReady))
                .measured("exit code %d", leaving.exitCode())
                .measured("%d closed 1012, at most %.0f %% in a second", told, 100.0 * busiest / (stubborn + movers))
                .check(leaving.exitCode() == 0, "exit code %d", leaving.exitCode())
                .inTime(NOT_READY, "not ready", notReady)
                .check(told == stubborn, "%d of %d were told 1012", told, stubborn)
                .check(
                        busiest <= Math.ceil(BUSIEST * (stubborn + movers)),
                        "%d of %d closed within one second",
                        busiest,
                        stubborn + movers);
        arena.awaitConnected();
    }
}
