package io.belfry.events.names;

import java.util.List;

/**
 * The names of the topics.
 *
 * @param prefix put before every name, so that several installations can share a broker; usually empty
 */
public record Topics(String prefix) {

    /** Appended to a topic's name: where its poison is set aside. */
    public static final String DEAD_LETTER_SUFFIX = ".dlt";

    public String requested() {
        return prefix + "notifications.requested";
    }

    public String stored() {
        return prefix + "notifications.stored";
    }

    public String commands() {
        return prefix + "inbox.commands";
    }

    public String changed() {
        return prefix + "inbox.changed";
    }

    public String users() {
        return prefix + "platform.users";
    }

    public String courses() {
        return prefix + "platform.courses";
    }

    public String members() {
        return prefix + "platform.course-members";
    }

    /** Which people are erased. */
    public String erasures() {
        return prefix + "platform.erasures";
    }

    /** The compacted topics of one partition each that the platform writes. */
    public List<String> platform() {
        return List.of(users(), courses(), members());
    }

    /** The topics that are read by the persister, whose poison is set aside. */
    public List<String> consumedByPersister() {
        return List.of(requested(), commands(), users(), courses(), members());
    }

    public static String deadLetter(String topic) {
        return topic + DEAD_LETTER_SUFFIX;
    }
}
