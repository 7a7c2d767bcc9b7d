package io.belfry.persister.startup;

import io.belfry.persister.directory.DirectoryGate;
import io.belfry.runtime.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Brings the process up in the background, so that it lives and answers probes while it waits for database and broker:
 * schema and topics first, in whichever order their servers come, then the listeners. From then on it revives what dies and
 * looks how far the directory is.
 */
public final class StartUp implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /**
     * A thread that died of an error lies for one to two of these: long enough to be seen from outside, and one which dies
     * at once does not fill the log.
     */
    private static final Duration REVIVE_EVERY = Duration.ofSeconds(5);

    private static final Duration LOOK_AT_DIRECTORY_EVERY = Duration.ofSeconds(5);
    private static final Duration DIRECTORY_MAY_LAG = Duration.ofSeconds(5);

    /** Something that must have happened before the listeners may run; repeated until it does not throw. */
    public record Step(String name, Runnable action) {}

    private final List<Step> steps;
    private final Listeners listeners;
    private final DirectoryGate directory;
    private final List<Chore> chores;
    private final PeriodicTasks tasks = new PeriodicTasks("watch", 4);
    private volatile boolean running;
    private volatile boolean done;
    private Thread thread = new Thread(() -> {});

    /** Goes once the way of a record, when the database is there, and does not throw. */
    public interface Rehearsal extends Runnable {}

    /** What is to be done beside the topics, once the listeners run. */
    public record Chore(Duration every, Runnable action) {}

    public StartUp(List<Step> steps, Listeners listeners, DirectoryGate directory, List<Chore> chores) {
        this.steps = List.copyOf(steps);
        this.listeners = listeners;
        this.directory = directory;
        this.chores = List.copyOf(chores);
    }

    @Override
    public void start() {
        running = true;
        thread = new Thread(this::bringUp, "start-up");
        thread.start();
    }

    /** Whether the listeners have been started. */
    public boolean isDone() {
        return done;
    }

    private void bringUp() {
        try {
            takeAll(steps);
            takeAll(List.of(new Step("listeners", listeners::start)));
        } catch (InterruptedException e) {
            return;
        }
        if (running) {
            tasks.every(REVIVE_EVERY, listeners::revive);
            tasks.every(LOOK_AT_DIRECTORY_EVERY, this::lookAtDirectory);
            chores.forEach(chore -> tasks.every(chore.every(), chore.action()));
            done = true;
            LOG.info("Listening");
        }
    }

    private void lookAtDirectory() {
        boolean before = directory.isCaughtUp();
        boolean now = directory.awaitCaughtUp(DIRECTORY_MAY_LAG);
        if (before != now) {
            LOG.info(now ? "The directory has caught up" : "The directory is behind; requests to courses wait");
        }
    }

    private void takeAll(List<Step> steps) throws InterruptedException {
        List<Step> open = new ArrayList<>(steps);
        Duration pause = FIRST_PAUSE;
        while (!tryAll(open)) {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private boolean tryAll(List<Step> open) throws InterruptedException {
        Iterator<Step> steps = open.iterator();
        while (steps.hasNext()) {
            Step step = steps.next();
            try {
                step.action().run();
                steps.remove();
            } catch (Throwable e) { // Whatever ended this thread would leave a process that never listens.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                tell(step, e);
            }
        }
        return open.isEmpty();
    }

    private static void tell(Step step, Throwable failure) {
        if (failure instanceof Error) {
            LOG.error("Waiting for the {}", step.name(), failure);
        } else {
            LOG.warn("Waiting for the {}: {}", step.name(), line(failure));
        }
    }

    /** Flyway says in further lines what it is about. */
    private static String line(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(4)
                .collect(Collectors.joining(" "));
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
        tasks.close();
        listeners.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
