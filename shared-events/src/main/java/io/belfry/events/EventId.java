package io.belfry.events;

/**
 * The name of an event for ever: however often it arrives, it is one event.
 *
 * @param source who names it, a URI reference; 1..255 code points
 * @param id unique within the source; 1..255 code points
 */
public record EventId(String source, String id) implements Comparable<EventId> {

    /** The source of the api's events: sends, whose ids are the requests' ids, and read states. */
    public static final String OF_API = "belfry/api";

    /** The source of the persister's events: announcements. */
    public static final String OF_PERSISTER = "belfry/persister";

    static final int MAX_LENGTH = 255;

    public EventId {
        if (isBad(source) || isBad(id)) {
            throw new IllegalArgumentException("source and id must have 1 to 255 characters and not be blank");
        }
    }

    private static boolean isBad(String text) {
        return text.isBlank() || text.codePointCount(0, text.length()) > MAX_LENGTH;
    }

    @Override
    public int compareTo(EventId other) {
        int bySource = source.compareTo(other.source);
        return bySource != 0 ? bySource : id.compareTo(other.id);
    }
}
