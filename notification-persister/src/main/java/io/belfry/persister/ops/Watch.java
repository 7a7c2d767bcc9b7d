package io.belfry.persister.ops;

import io.belfry.persister.directory.TopicDirectoryGate;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after what may die quietly: the threads that read, and how far the directory is. */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /**
     * A thread that died of an error lies for one to two of these: long enough to be seen from outside, and one which dies
     * at once does not fill the log.
     */
    private static final Duration REVIVE_EVERY = Duration.ofSeconds(5);

    private static final Duration LOOK_AT_DIRECTORY_EVERY = Duration.ofMillis(250);
    private static final Duration DIRECTORY_MAY_LAG = Duration.ofSeconds(1);

    private final Listeners listeners;
    private final TopicDirectoryGate directory;
    private final Rounds rounds = new Rounds("watch", 2);

    public Watch(Listeners listeners, TopicDirectoryGate directory) {
        this.listeners = listeners;
        this.directory = directory;
    }

    /** Once the listeners are started. */
    public void start() {
        rounds.every(REVIVE_EVERY, listeners::revive);
        rounds.every(LOOK_AT_DIRECTORY_EVERY, this::lookAtDirectory);
    }

    private void lookAtDirectory() {
        boolean before = directory.isCaughtUp();
        boolean now = directory.awaitCaughtUp(DIRECTORY_MAY_LAG);
        if (before != now) {
            LOG.info(now ? "The directory has caught up" : "The directory is behind; requests to courses wait");
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
