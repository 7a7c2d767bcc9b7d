package io.belfry.chaos.trials.servers;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.system.Figures;
import io.belfry.localstack.system.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** A thread that reads requests dies of an error: health and metrics say so at once, it reads again soon, nothing is lost. */
public final class ListenerDies implements Attempt {

    private static final Duration TOLD = Duration.ofSeconds(5);
    private static final Duration RUNNING = Duration.ofSeconds(30);
    private static final String READINESS = "/actuator/health/readiness";
    private static final String DOWN = "belfry_listeners_down";
    private static final int DEATHS = 10;
    private static final int WATCHED = 4;

    @Override
    public Arena arena() {
        return Arena.own("dying", stack -> stack.with("BELFRY_FAILPOINTS", "persister.listener-error=once"));
    }

    @Override
    public void run(Arena arena) {
        int deaths = arena.count(DEATHS, 1);
        arena.outcome().times(deaths);
        Service persister = arena.system().persister(1);
        ApiClient health = new ApiClient(URI.create(persister.address()), null);
        List<Long> users = arena.system().platform().newUserIds(40);
        arena.watch(users.subList(0, WATCHED));
        Duration slowest = Duration.ZERO;
        int read = 0;
        arena.load().events(users, 10, arena.count(1_000, 50));
        for (int i = 0; i < deaths; i++) {
            if (i > 0) {
                // The error comes once in a process's life.
                persister.stop();
                read = log(persister).length();
                persister.start();
            }
            // It reads for the first time when its group has settled, which takes some seconds.
            int before = read;
            Arena.until(
                    "the log tells of the error",
                    Duration.ofMinutes(1),
                    () -> log(persister).indexOf("StackOverflowError", before) >= 0);
            long died = System.nanoTime();
            Duration told = Arena.until(
                    "readiness is down",
                    TOLD.multipliedBy(4),
                    () -> health.get(READINESS).status() == 503);
            slowest = Outcome.longest(slowest, told);
            checkTold(arena, health, Figures.of(persister));
            Arena.until(
                    "it reads again",
                    RUNNING.multipliedBy(2),
                    () -> health.get(READINESS).status() == 200);
            arena.untilStored(users);
            arena.outcome().recoveredIn(Arena.since(died), RUNNING);
            double down = Figures.of(persister).sum(DOWN);
            arena.outcome().check(down == 0, "%s is %.0f once all read again", DOWN, down);
        }
        arena.outcome().within(TOLD, "DOWN told", slowest);
    }

    private static void checkTold(Arena arena, ApiClient health, Figures figures) {
        Reply readiness = health.get(READINESS);
        double down = figures.sum(DOWN);
        arena.outcome()
                .check(
                        readiness.text().contains("\"listeners\":{\"status\":\"DOWN\"}"),
                        "readiness says %s",
                        readiness.text())
                .check(health.get("/actuator/health").status() == 503, "health as a whole is up")
                // It mends itself: it is not to be killed for that.
                .check(health.get("/actuator/health/liveness").status() == 200, "liveness is down")
                .check(down == 1, "%s is %.0f", DOWN, down);
    }

    private static String log(Service persister) {
        try {
            return Files.readString(persister.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
