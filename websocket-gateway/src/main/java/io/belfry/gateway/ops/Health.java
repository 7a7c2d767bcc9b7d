package io.belfry.gateway.ops;

import java.util.List;

/** Asked whenever somebody looks. Safe for use by many threads. */
public interface Health {

    /** Whether the process can still do its work; if not, it should be started anew. */
    boolean isLive();

    /** What keeps clients from being sent here; empty = nothing. */
    List<String> unreadiness();
}
