package io.belfry.kit.database;

import io.belfry.kit.kafka.Events;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The truth: what is in the inboxes. Read for comparison; what is changed here leaves what an inbox holds as it is. */
public record Database(String url, String user, String password) {

    /** The counters of an inbox; zeros if there is none. */
    public record Counters(long seq, long unread, long total) {

        public static final Counters NONE = new Counters(0, 0, 0);
    }

    public Counters counters(long userId) {
        return counters(List.of(userId)).getOrDefault(userId, Counters.NONE);
    }

    /** As {@link #counters(long)}, for many users at once; who has no inbox is left out. */
    public Map<Long, Counters> counters(List<Long> users) {
        Map<Long, Counters> found = new HashMap<>();
        query(
                "SELECT user_id, seq, unread, total FROM inbox WHERE user_id = ANY (?)",
                row -> found.put(row.getLong(1), new Counters(row.getLong(2), row.getLong(3), row.getLong(4))),
                array(users));
        return found;
    }

    /** What this user's list must show, newest first. */
    public List<Item> items(long userId) {
        return items(List.of(userId)).getOrDefault(userId, List.of());
    }

    /** As {@link #items(long)}, for many users at once. */
    public Map<Long, List<Item>> items(List<Long> users) {
        return items(additions(users));
    }

    /** What is left of these. */
    public static Map<Long, List<Item>> items(Map<Long, List<Addition>> ever) {
        Map<Long, List<Item>> items = new HashMap<>();
        ever.forEach((user, additions) -> items.put(
                user,
                additions.stream()
                        .filter(addition -> !addition.deleted())
                        .map(Addition::item)
                        .toList()));
        return items;
    }

    /**
     * A notification that came into an inbox, whatever became of it there.
     *
     * @param changedSeq the number under which it was last changed, or else added
     */
    public record Addition(Item item, long changedSeq, boolean deleted) {}

    /** All that these users ever got, by user, newest first; who got nothing is left out. */
    public Map<Long, List<Addition>> additions(List<Long> users) {
        String sql = """
                SELECT e.user_id, e.notification_id, e.added_seq, e.read_at IS NOT NULL, n.title,
                       e.changed_seq, e.deleted_at IS NOT NULL
                  FROM inbox_entry e JOIN notification n ON n.id = e.notification_id
                 WHERE e.user_id = ANY (?) ORDER BY e.added_seq DESC""";
        Map<Long, List<Addition>> found = new HashMap<>();
        query(
                sql,
                row -> found.computeIfAbsent(row.getLong(1), any -> new ArrayList<>())
                        .add(new Addition(
                                new Item(row.getLong(2), row.getLong(3), row.getBoolean(4), row.getString(5)),
                                row.getLong(6),
                                row.getBoolean(7))),
                array(users));
        return found;
    }

    /** That a notification has entered an inbox, with the numbers that it came with. */
    public record Entry(long notification, long user, long seq, long unread) {}

    /** All that these users ever got. */
    public Set<Entry> entries(List<Long> users) {
        return Set.copyOf(query(
                "SELECT notification_id, user_id, added_seq, added_unread FROM inbox_entry WHERE user_id = ANY (?)",
                row -> new Entry(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                array(users)));
    }

    /**
     * The users who have an entry, deleted or not, of the notification of this event, ascending; one each time.
     *
     * @param eventId of whatever source; for a send of the api its request id
     */
    public List<Long> recipients(String eventId) {
        String sql = """
                SELECT e.user_id FROM inbox_entry e JOIN notification n ON n.id = e.notification_id
                 WHERE n.event_id = ? ORDER BY e.user_id""";
        return query(sql, row -> row.getLong(1), eventId);
    }

    /** How many statements there were since the server was started, once it {@linkplain io.belfry.localstack.PostgresServer#showStatements shows} them. */
    public long statements() {
        return count("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements"
                + " WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())");
    }

    /** Makes the inbox remember no change up to this number, as one whose old entries were put away does. */
    public void setFloor(long userId, long seq) {
        query("UPDATE inbox SET floor = ? WHERE user_id = ? RETURNING floor", row -> row.getLong(1), seq, userId);
    }

    public String epoch() {
        return query("SELECT current_epoch()", row -> String.valueOf(row.getString(1)))
                .get(0);
    }

    public long count(String sql, Object... arguments) {
        return query(sql, row -> row.getLong(1), arguments).get(0);
    }

    /** Makes the largest table so much larger, by entries of people whom the directory does not have; once for each database. */
    public void grow(int entries) {
        count("""
                WITH added AS (
                    INSERT INTO inbox_entry
                           (notification_id, user_id, added_seq, added_unread, changed_seq, notification_type)
                    SELECT -n, -n, 1, 1, 1, 'announcement' FROM generate_series(1, ?) n RETURNING 1)
                SELECT count(*) FROM added""", entries);
    }

    /** How many of these events are stored, of the source that tests use. */
    public long storedEvents(List<String> eventIds) {
        return count(
                "SELECT count(*) FROM notification WHERE event_source = ? AND event_id = ANY (?)",
                Events.SOURCE,
                eventIds.toArray(String[]::new));
    }

    /**
     * What breaks the invariants of these users' inboxes: a number beyond 1 to the inbox's last, counters that are not what
     * the entries say. Empty when all is well. That no addition takes another's number is a constraint of the table.
     */
    public List<String> inconsistencies(List<Long> users) {
        String sql = """
                SELECT format('user %s: seq %s, %s numbers from %s to %s; unread %s, counted %s; total %s, counted %s',
                              i.user_id, i.seq, s.numbers, s.first, s.last, i.unread, s.unread, i.total, s.total)
                  FROM inbox i CROSS JOIN LATERAL (
                       SELECT count(DISTINCT e.added_seq) numbers, min(e.added_seq) first,
                              max(greatest(e.added_seq, e.changed_seq)) last,
                              count(*) FILTER (WHERE e.deleted_at IS NULL AND e.read_at IS NULL) unread,
                              count(*) FILTER (WHERE e.deleted_at IS NULL) total
                         FROM inbox_entry e WHERE e.user_id = i.user_id) s
                 WHERE i.user_id = ANY (?)
                   AND (i.unread <> s.unread OR i.total <> s.total OR s.last > i.seq OR s.first < 1)""";
        return query(sql, row -> String.valueOf(row.getString(1)), array(users));
    }

    /** Holds a user's inbox row as a slow transaction would, until it is released: a fan-out that comes to it waits. */
    public Hold hold(long userId) {
        try {
            Connection connection = connect();
            connection.setAutoCommit(false);
            try (PreparedStatement lock =
                    connection.prepareStatement("SELECT 1 FROM inbox WHERE user_id = ? FOR UPDATE")) {
                lock.setLong(1, userId);
                if (!lock.executeQuery().next()) {
                    throw new IllegalStateException("user " + userId + " has no inbox to hold");
                }
            }
            return new Hold(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A row that no other transaction can change. */
    public record Hold(Connection connection) {

        public void release() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private interface RowReader<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }

    private static Object array(List<Long> users) {
        return users.toArray(Long[]::new);
    }

    private <T extends @Nullable Object> List<T> query(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<T> found = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }
}
