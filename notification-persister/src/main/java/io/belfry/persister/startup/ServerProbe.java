package io.belfry.persister.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether one server answers, as the last question came out; tells the log when that changes. Asked by one thread. */
final class ServerProbe {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProbe.class);

    private final String server;
    private final Runnable question;
    private volatile boolean up;

    /** @param question ends within seconds; throws if there is no answer */
    ServerProbe(String server, Runnable question) {
        this.server = server;
        this.question = question;
    }

    String server() {
        return server;
    }

    /** False before the first answer. For all threads. */
    boolean isUp() {
        return up;
    }

    void ask() {
        try {
            question.run();
            if (!up) {
                LOG.info("{} answers", server);
            }
            up = true;
        } catch (RuntimeException e) {
            if (up) {
                LOG.warn("{} does not answer: {}", server, e.getMessage());
            }
            up = false;
        }
    }
}
