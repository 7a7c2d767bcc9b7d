package io.belfry.api.inbox;

/** Addresses of this room. */
final class Paths {

    static final String NOTIFICATIONS = "/api/notifications";

    /**
     * One notification. Any text is taken for an id, so that a bad one is told as such, except the names of calls:
     * those with another method are 405, not a bad id.
     */
    static final String ONE = NOTIFICATIONS + "/{id:(?!(?:unread_count|changes|mark_all_read)$).+}";

    private Paths() {}
}
