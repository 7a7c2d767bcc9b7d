package io.belfry.persister.startup;

import java.time.Duration;
import java.util.List;

/**
 * Asks the servers that this process lives on all the time. Whoever reads and writes meets their end only while there is
 * something to read and write, and a consumer that polls a broker which is gone is told nothing at all.
 */
final class ServerWatch implements AutoCloseable {

    /** With the few seconds that a question may take: told well within 10 s. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);

    private final List<ServerProbe> probes;
    private final Rounds rounds;

    ServerWatch(List<ServerProbe> probes) {
        this.probes = List.copyOf(probes);
        // A thread each: one that does not answer holds up nobody.
        this.rounds = new Rounds("server-watch", probes.size());
    }

    void start() {
        probes.forEach(probe -> rounds.every(ASK_EVERY, probe::ask));
    }

    @Override
    public void close() {
        rounds.close();
    }
}
