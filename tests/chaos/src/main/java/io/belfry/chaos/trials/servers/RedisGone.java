package io.belfry.chaos.trials.servers;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.load.OperationLog.Operation;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.Platform.Course;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Redis is killed and frozen: every notification is pushed all the same, and new sockets are let in. */
public final class RedisGone implements Attempt {

    private static final Duration GONE = Duration.ofMinutes(1);
    private static final Duration PRESENCE = Duration.ofSeconds(10);
    private static final int STUDENTS = 10;

    @Override
    public void run(Arena arena) {
        Duration gone = arena.time(GONE, Duration.ofSeconds(8));
        arena.outcome().times(2).measured("gone %d s each time", gone.toSeconds());
        Course course = arena.system().platform().newCourse(STUDENTS);
        List<Long> users = course.students();
        List<SocketClient> sockets = new ArrayList<>();
        for (long user : users) {
            sockets.add(arena.keep(arena.system().socket(user, 1 + sockets.size() % 2)));
        }
        arena.watch(users.subList(0, 4));
        untilOnline(arena, course);
        arena.load().events(users, STUDENTS, arena.count(1_000, 50));
        var redis = arena.system().servers().redis();

        redis.kill();
        Duration slowest = connects(arena, gone);
        redis.start();
        arena.outcome()
                .recoveredIn(untilOnline(arena, course), PRESENCE)
                .measured("killed: a new socket within %s", Outcome.seconds(slowest));

        slowest = Arena.frozen(redis, () -> connects(arena, gone));
        arena.outcome()
                .recoveredIn(untilOnline(arena, course), PRESENCE)
                .measured("frozen: a new socket within %s", Outcome.seconds(slowest));

        arena.untilDrained();
        Set<String> sent = arena.log().operations().stream().map(Operation::id).collect(Collectors.toSet());
        for (SocketClient socket : sockets) {
            Arena.until(
                    "every push is here",
                    Duration.ofSeconds(10),
                    () -> pushed(socket).containsAll(sent));
            arena.outcome().check(socket.isOpen(), "a socket was closed");
        }
        arena.outcome().measured("no push missing");
    }

    /** Opens a socket every second; returns the longest time to a welcome. */
    private static Duration connects(Arena arena, Duration time) {
        Duration slowest = Duration.ZERO;
        long began = System.nanoTime();
        while (Arena.since(began).compareTo(time) < 0) {
            long asked = System.nanoTime();
            arena.system().socket(arena.system().platform().newUserId()).close();
            slowest = Outcome.longest(slowest, Arena.since(asked));
            Arena.pass(Duration.ofSeconds(1));
        }
        return slowest;
    }

    private static Duration untilOnline(Arena arena, Course course) {
        return Arena.until(
                "presence is right", Duration.ofMinutes(1), () -> arena.system().online(course) == STUDENTS);
    }

    private static Set<String> pushed(SocketClient socket) {
        return socket.frames("notification").stream()
                .map(frame -> frame.at("/notification/title").asString())
                .collect(Collectors.toSet());
    }
}
