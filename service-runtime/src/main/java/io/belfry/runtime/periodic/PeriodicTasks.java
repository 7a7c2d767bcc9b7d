package io.belfry.runtime.periodic;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks that are repeated on daemon threads, however each run ends. Safe for use by many threads. */
public final class PeriodicTasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);

    private final ScheduledExecutorService threads;

    /**
     * @param name of the threads
     * @param threads how many tasks may run side by side
     */
    public PeriodicTasks(String name, int threads) {
        this.threads = Executors.newScheduledThreadPool(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs the task now, and again this long after each run's end. An exception is logged at DEBUG: it is an outage, which
     * its owner reports. An error is logged once a class, until a run succeeds.
     */
    public void every(Duration pause, Runnable task) {
        Set<Class<?>> errorsLogged = new HashSet<>(); // of this task, whose runs do not overlap
        var unused = threads.scheduleWithFixedDelay(
                () -> run(task, errorsLogged), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void run(Runnable task, Set<Class<?>> errorsLogged) {
        try {
            task.run();
            errorsLogged.clear();
        } catch (RuntimeException e) {
            LOG.debug("A periodic task failed; it runs again: {}", e.toString());
        } catch (Throwable e) {
            // The JVM's errors too: thrown on they would end in a future that is never asked. Whether a process goes on
            // without memory is decided for all its threads by -XX:+ExitOnOutOfMemoryError.
            if (errorsLogged.add(e.getClass())) {
                LOG.error("A periodic task failed; it runs again", e);
            }
        }
    }

    /** Interrupts what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
