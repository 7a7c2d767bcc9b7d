package io.belfry.admin.directory;

import java.util.Map;
import java.util.TreeMap;

/**
 * Users, courses and members, as a file or as the topics have them. Not thread-safe.
 *
 * @param users id → name
 * @param courses id → title
 * @param members course → user → role, by its name on the wire
 */
record School(Map<Long, String> users, Map<Long, String> courses, Map<Long, Map<Long, String>> members) {

    /** In place of a name, title or role: the topic has a record that cannot be read. */
    static final String UNREADABLE = "";

    School() {
        this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** Those of one course, to look at and to change. */
    Map<Long, String> membersOf(long course) {
        return members.computeIfAbsent(course, any -> new TreeMap<>());
    }

    @Override
    public String toString() {
        return "users: " + users.size() + ", courses: " + courses.size() + ", members: "
                + members.values().stream().mapToInt(Map::size).sum();
    }
}
