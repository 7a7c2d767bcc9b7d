package io.belfry.persister.ops;

import io.belfry.persister.directory.TopicDirectoryGate;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after what may die quietly: the threads that read, and how far the directory is. */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /** A thread that died of an error gets this long at least, so that one which dies at once does not fill the log. */
    private static final Duration REVIVE_EVERY = Duration.ofSeconds(10);

    private static final Duration LOOK_AT_DIRECTORY_EVERY = Duration.ofMillis(250);
    private static final Duration DIRECTORY_MAY_LAG = Duration.ofSeconds(1);

    private final Listeners listeners;
    private final TopicDirectoryGate directory;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });

    public Watch(Listeners listeners, TopicDirectoryGate directory) {
        this.listeners = listeners;
        this.directory = directory;
    }

    /** Once the listeners are started. */
    public void start() {
        every(REVIVE_EVERY, listeners::revive);
        every(LOOK_AT_DIRECTORY_EVERY, this::lookAtDirectory);
    }

    private void lookAtDirectory() {
        boolean before = directory.isCaughtUp();
        boolean now = directory.awaitCaughtUp(DIRECTORY_MAY_LAG);
        if (before != now) {
            LOG.info(now ? "The directory has caught up" : "The directory is behind; requests to courses wait");
        }
    }

    private void every(Duration time, Runnable task) {
        var unused = scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        // The world is down, and others say so; a task that throws would not run again.
                        LOG.debug("Could not look: {}", e.toString());
                    }
                },
                time.toMillis(),
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
