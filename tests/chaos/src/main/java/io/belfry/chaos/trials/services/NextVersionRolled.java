package io.belfry.chaos.trials.services;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.load.Balancer;
import io.belfry.chaos.load.OperationLog.End;
import io.belfry.chaos.load.Reads;
import io.belfry.kit.database.Database.Hold;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.localstack.system.Checkout;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two persisters, two apis and two gateways are replaced one after the other by the next version, which changes the schema
 * under those that are still the old one, while people send, read and listen: docs/operations.md, "Planned work". The old one is
 * what is built here, or a former release ({@code ./dev chaos --from}).
 */
public final class NextVersionRolled implements Attempt {

    private static final int ENTRIES = 2_000_000;
    private static final int CLIENTS = 400;
    private static final int EVENTS_PER_SECOND = 1_000;
    private static final int CALLS_PER_SECOND = 400;

    /** A persister that goes says so; if it did not, its partitions would stand still for its session of 10 s. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(10);

    /** Where {@code ./dev} unpacks a former release, in the layout of a checkout. */
    private static final Path FORMER = Checkout.current().root().resolve("former");

    private static final int ENDED = 0;
    /** The JVM's own answer to SIGTERM. */
    private static final int ENDED_BY_SIGTERM = 143;

    @Override
    public Arena arena() {
        return Arena.own(
                "deploy",
                stack -> stack.of(Files.isDirectory(FORMER) ? Checkout.at(FORMER) : Checkout.current())
                        .count(ServiceKind.PERSISTER, 2)
                        .count(ServiceKind.API, 2)
                        .count(ServiceKind.GATEWAY, 2)
                        .with(ServiceKind.GATEWAY, "BELFRY_GATEWAY_DRAIN_SECONDS", "4"));
    }

    @Override
    public void run(Arena arena) {
        arena.outcome().times(6);
        NotificationSystem system = arena.system();
        int entries = arena.count(ENTRIES, 100_000);
        system.database().grow(entries);
        // What is paid once, at a node's first call and for the tests alone, is no part of this.
        system.stack()
                .services(ServiceKind.API)
                .forEach(api -> new ApiClient(URI.create(api.address()), null)
                        .get("/api/me/")
                        .expect(401));
        Checkout next = NextVersion.in(Path.of("target", "next-version"));
        Balancer balancer = arena.keep(new Balancer(system.stack().services(ServiceKind.API).stream()
                .map(api -> URI.create(api.address()))
                .toList()));
        List<Long> users = system.platform().newUserIds(arena.count(CLIENTS, 20));
        arena.watch(users, balancer.address(), arena.gateways());
        arena.awaitConnected();
        arena.load().events(users, 10, arena.count(EVENTS_PER_SECOND, 50));
        arena.load(balancer.address()).sends(users, 1, arena.count(CALLS_PER_SECOND, 20));
        Reads reads = arena.keep(new Reads(system, balancer.address(), users, arena.count(CALLS_PER_SECOND, 20)));
        arena.untilStored(users);

        rollPersisters(arena, next, users);
        roll(arena, ServiceKind.API, next, ENDED_BY_SIGTERM);
        roll(arena, ServiceKind.GATEWAY, next, ENDED);

        reads.close();
        arena.untilDrained();
        arena.awaitConnected();
        int unknown = arena.log().count(End.UNKNOWN);
        arena.outcome()
                .measured("from %s", Files.isDirectory(FORMER) ? "the former release" : "the same version")
                .measured(
                        "%,d requests answered, %d of them 5xx; %d others; an index over %,d entries",
                        balancer.answered(),
                        balancer.serverErrors(),
                        balancer.unanswered().size(),
                        entries)
                .check(balancer.serverErrors() == 0, "%d answers of 5xx", balancer.serverErrors())
                .check(balancer.unanswered().isEmpty(), "without an answer: %s", balancer.unanswered())
                .check(reads.wrong().isEmpty(), "reads that failed: %s", reads.wrong())
                .check(unknown == 0, "%d sends whose end is not known", unknown)
                .check(
                        system.database()
                                        .count("SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid"
                                                + " = to_regclass('" + NextVersion.INDEX + "')")
                                == 1,
                        "the index is not there");
    }

    /** The first brings the schema while the other works on with the old code, and meets a table that is in use. */
    private static void rollPersisters(Arena arena, Checkout next, List<Long> users) {
        NotificationSystem system = arena.system();
        List<Duration> times = new ArrayList<>();
        long bystander = system.platform().newUserId();
        arena.untilStored(List.of(bystander));
        Hold hold = system.database().hold(bystander);
        var inTheWay = arena.later(() -> {
            awaitAttempt(arena);
            hold.release();
            return hold;
        });
        for (Service old : system.stack().services(ServiceKind.PERSISTER)) {
            var rolled = arena.later(() -> replace(arena, old, next, ENDED_BY_SIGTERM));
            await("the old one has ended").until(() -> !old.isRunning());
            arena.outcome().recoveredIn(arena.untilStored(users), TAKEN_OVER);
            times.add(rolled.join());
            if (!inTheWay.isDone()) {
                throw new IllegalStateException("the migration has not met the table that is in use");
            }
            if (times.size() == 1) {
                // As after a crash in the middle of a deploy: old code that starts on the new schema.
                Service stillOld = system.persister(2);
                stillOld.stop();
                stillOld.start();
            }
        }
        measure(arena, ServiceKind.PERSISTER, times);
    }

    /** Until the migration has waited for a table, and has given up. */
    private static void awaitAttempt(Arena arena) {
        Arena.until("the migration waits for a table", Duration.ofSeconds(90), () -> waiting(arena) > 0);
        Arena.until("the migration gives up for now", Duration.ofSeconds(30), () -> waiting(arena) == 0);
    }

    private static long waiting(Arena arena) {
        return arena.system()
                .database()
                .count("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted"
                        + " AND mode = 'AccessExclusiveLock' AND application_name = 'belfry-migration'");
    }

    private static void roll(Arena arena, ServiceKind kind, Checkout next, int exitCode) {
        List<Duration> times = new ArrayList<>();
        for (Service old : arena.system().stack().services(kind)) {
            times.add(replace(arena, old, next, exitCode));
        }
        measure(arena, kind, times);
    }

    private static Duration replace(Arena arena, Service old, Checkout next, int exitCode) {
        long began = System.nanoTime();
        arena.system().stack().replace(old, next);
        Duration took = Arena.since(began);
        arena.outcome().check(old.exitCode() == exitCode, "%s ended with %d", old.name(), old.exitCode());
        return took;
    }

    private static void measure(Arena arena, ServiceKind kind, List<Duration> times) {
        arena.outcome()
                .measured(
                        "%ss in %s",
                        kind.title(), times.stream().map(Outcome::seconds).collect(Collectors.joining(" and ")));
    }
}
