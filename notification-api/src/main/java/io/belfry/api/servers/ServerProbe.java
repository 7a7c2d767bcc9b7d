package io.belfry.api.servers;

/** A question to a server that this node stands on. */
public interface ServerProbe {

    /** As metrics and the log call it: {@code postgresql}, {@code kafka}, {@code redis}. */
    String server();

    /**
     * Asks, and returns with the answer, within 5 s; takes nothing that a request may wait for. Called by one thread at a
     * time.
     *
     * @throws Exception there was none
     */
    void ask() throws Exception;
}
