package io.belfry.persister.startup;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks that are done again and again on daemon threads, however they end. Safe for use by many threads. */
final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final ScheduledExecutorService threads;

    /** @param name of the threads */
    Rounds(String name, int threads) {
        this.threads = Executors.newScheduledThreadPool(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param time from now to the first run, and from the end of each to the next */
    void every(Duration time, Runnable task) {
        Set<Class<?>> errorsTold = new HashSet<>(); // of this task, whose runs do not overlap
        var unused = threads.scheduleWithFixedDelay(
                () -> run(task, errorsTold), time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does not throw: an executor drops, without a word, a task that does. */
    private static void run(Runnable task, Set<Class<?>> errorsTold) {
        try {
            task.run();
            errorsTold.clear();
        } catch (RuntimeException e) {
            LOG.debug("Could not look: {}", e.toString()); // The world is down, and others say so.
        } catch (Throwable e) {
            // Nobody else says this. The JVM's errors too: thrown on they would end in a future that nobody asks, and
            // whether a process goes on without memory is said for all its threads by -XX:+ExitOnOutOfMemoryError.
            if (errorsTold.add(e.getClass())) {
                LOG.error("Could not look; trying again", e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
