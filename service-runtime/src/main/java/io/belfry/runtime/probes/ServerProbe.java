package io.belfry.runtime.probes;

/** A question to a server. */
public interface ServerProbe {

    /** As metrics and the log call it: {@code postgresql}, {@code kafka}, {@code redis}, {@code jwks}. */
    String server();

    /**
     * Asks, and returns with the answer, within 5 s. Takes nothing that a caller of the service may wait for. Called by one
     * thread at a time.
     *
     * @throws Exception if there is no answer
     */
    void ask() throws Exception;

    /** A probe made of a question. */
    static ServerProbe of(String server, Question question) {
        return new ServerProbe() {
            @Override
            public String server() {
                return server;
            }

            @Override
            public void ask() throws Exception {
                question.ask();
            }
        };
    }

    /** As {@link ServerProbe#ask}. */
    @FunctionalInterface
    interface Question {
        void ask() throws Exception;
    }
}
