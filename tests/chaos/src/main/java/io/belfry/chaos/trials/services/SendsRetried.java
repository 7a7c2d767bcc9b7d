package io.belfry.chaos.trials.services;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.kit.http.Reply;
import io.belfry.kit.system.Platform.Course;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One send many times at once, on two apis and under one key; and an api that dies before it answers, so that its callers try
 * again at the other one. Each student has it once.
 */
public final class SendsRetried implements Attempt {

    private static final int BURSTS = 200;
    private static final int KILLS = 20;
    private static final int AT_ONCE = 50;
    private static final int STUDENTS = 20;

    /** An instructor may send 30 a minute. */
    private static final int SENDS_A_COURSE = 20;

    private static final long ADMIN = 1;

    /** What a dead api had begun is taken over after 10 s, by the api that is asked then. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

    @Override
    public void run(Arena arena) {
        int bursts = arena.count(BURSTS, 4);
        int kills = arena.count(KILLS, 2);
        arena.outcome()
                .times(bursts + kills)
                .measured("%d keys %d times at once; api killed %d times", bursts, AT_ONCE, kills);
        Service second = arena.system().more(ServiceKind.API, 1).get(0);
        arena.keep(second::kill);
        List<Service> apis = List.of(arena.system().apiService(), second);
        Course course = arena.system().platform().newCourse(STUDENTS);
        for (int i = 0; i < bursts + kills; i++) {
            if (i % SENDS_A_COURSE == SENDS_A_COURSE - 1) {
                course = arena.system().platform().newCourse(STUDENTS);
            }
            // Calls of an instructor, who is limited, wait for each other before they claim; an admin's do not.
            KeyedSend send = new KeyedSend(
                    arena,
                    course,
                    i % 4 < 2
                            ? arena.system().tokens().user(course.instructor())
                            : arena.system().tokens().admin(ADMIN));
            if (i < bursts) {
                send.answers(send.calls(AT_ONCE, apis));
                send.untilAccepted(second);
            } else {
                // By turns Kafka has the event though no caller was told, and has it not.
                boolean reachesKafka = i % 2 == 0;
                int dies = i / 2 % 2;
                killed(arena, send, reachesKafka, apis.get(dies), apis.get(1 - dies));
                send.answers(send.calls(AT_ONCE, apis));
                arena.outcome().check(reachesKafka || send.wasNew(), "a send was accepted that Kafka cannot have");
            }
            send.isTheOnlyOne(apis);
        }
    }

    /** Kafka does not answer meanwhile, so no caller can be told; frozen it finds the event when it wakes, killed it does not. */
    private static void killed(Arena arena, KeyedSend send, boolean reachesKafka, Service dies, Service other) {
        List<CompletableFuture<@Nullable Reply>> calls;
        ControlledProcess kafka = arena.system().servers().kafka();
        if (reachesKafka) {
            kafka.suspend();
        } else {
            kafka.kill();
        }
        try {
            calls = send.calls(AT_ONCE, List.of(dies));
            Arena.until("the send is under way", Duration.ofSeconds(30), send::isClaimed);
            dies.kill();
        } finally {
            if (reachesKafka) {
                kafka.resume();
            } else {
                kafka.start();
            }
        }
        long healed = System.nanoTime();
        CompletableFuture<Boolean> back = arena.later(() -> {
            dies.start();
            return true;
        });
        int told = send.answers(calls);
        arena.outcome().check(told == 0, "%d calls were told before the api died: nothing was tried", told);
        send.untilAccepted(other);
        arena.outcome().recoveredIn(Arena.since(healed), TAKEN_OVER);
        back.join();
    }
}
