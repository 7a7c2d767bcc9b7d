package io.belfry.events.names;

/** The {@code ce_source} of the events that Belfry's own processes write. With an event's id it is a name for ever. */
public final class EventSources {

    /** The api: sends, whose ids are the requests' ids, and read states. */
    public static final String API = "belfry/api";

    /** The persister: announcements. */
    public static final String PERSISTER = "belfry/persister";

    private EventSources() {}
}
