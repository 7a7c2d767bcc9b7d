package io.belfry.gateway.connection;

/** What one socket hears. Called on its event loop only; must not block. */
public interface Inlet {

    /** A whole message. */
    void text(String text);

    /** About once a second: the time to look at deadlines. */
    void tick();

    /** The socket is closing or closed; nothing is heard after. May be called more than once. */
    void end();
}
