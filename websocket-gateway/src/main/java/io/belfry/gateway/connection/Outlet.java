package io.belfry.gateway.connection;

import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.protocol.ServerFrame;
import io.belfry.gateway.protocol.SharedFrame;

/**
 * One socket's way out. Called on the socket's event loop only; never blocks. After {@link #close} everything but another
 * {@code close} is silently dropped.
 */
public interface Outlet {

    /** Writes one frame and flushes. */
    void send(ServerFrame frame);

    /**
     * Whether this frame may be the next.
     *
     * @return false if the socket is closed, or is closed now because it takes too little
     */
    boolean accepts(SharedFrame frame);

    /**
     * Writes one recipient's form of the frame; it leaves with the next {@link #flush}.
     *
     * @return false if the socket is closed, or is closed now because it takes too little
     */
    boolean write(SharedFrame frame, long seq, long unread);

    void flush();

    /** Says why and ends the connection; the first code counts. */
    void close(CloseCode code);
}
