package io.belfry.persister.fanout;

import io.belfry.events.EventId;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationStored.Content;
import io.belfry.events.NotificationType;
import io.belfry.persister.fanout.NotificationRow.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code notification}. Two handlers of one event take turns here: the second waits for the first one's
 * transaction, at the insert or at the lock. Both go in the order of source and id, so none waits in a circle.
 */
final class NotificationRows {

    /** What announcements say of a row {@code n} beside itself, as it is now. */
    private static final String NAMES = """
            (SELECT current_epoch()) AS epoch,
            (SELECT u.name FROM platform_user u WHERE u.id = n.sender_id) AS sender_name,
            (SELECT c.title FROM course c WHERE c.id = n.course_id) AS course_title
            """;

    private final JdbcClient jdbc;

    NotificationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The rows of these requests, new ones inserted, older ones locked. A request to a course that is not in the
     * directory gets no new row.
     *
     * @param requests with distinct event ids
     */
    Map<EventId, NotificationRow> claim(List<FanoutRequest> requests) {
        List<FanoutRequest> inOrder = requests.stream()
                .sorted(Comparator.comparing(FanoutRequest::eventId))
                .toList();
        Map<EventId, NotificationRow> rows = insertMissing(inOrder);
        List<EventId> others = inOrder.stream()
                .map(FanoutRequest::eventId)
                .filter(id -> !rows.containsKey(id))
                .toList();
        if (!others.isEmpty()) {
            lock(others).forEach(row -> rows.put(row.eventId(), row));
        }
        return rows;
    }

    private Map<EventId, NotificationRow> insertMissing(List<FanoutRequest> requests) {
        Map<EventId, FanoutRequest> byId =
                requests.stream().collect(Collectors.toMap(FanoutRequest::eventId, Function.identity()));
        List<NotificationRow> inserted = jdbc.sql("""
                        INSERT INTO notification AS n (event_source, event_id, content_hash, sender_id, source_name,
                                                  notification_type, title, message, data, course_id, test, fanned_to, recipients, stored_at)
                        SELECT source, id, hash, sender, name, type, title, message, data, course, test, fanned_to, recipients,
                               CASE WHEN recipients > 0 THEN clock_timestamp() END
                          FROM unnest(?::text[], ?::text[], ?::bytea[], ?::bigint[], ?::text[], ?::text[], ?::text[],
                                      ?::text[], ?::json[], ?::bigint[], ?::boolean[], ?::bigint[], ?::integer[])
                               AS r (source, id, hash, sender, name, type, title, message, data, course, test, fanned_to, recipients)
                         WHERE test OR course IS NULL OR EXISTS (SELECT FROM course c WHERE c.id = r.course)
                         ORDER BY source, id
                        ON CONFLICT (event_source, event_id) DO NOTHING
                        RETURNING id, event_source, event_id, created_at,
                        """ + NAMES)
                .param(texts(requests, request -> request.eventId().source()))
                .param(texts(requests, request -> request.eventId().id()))
                .param(column(requests, request -> request.hash().bytes(), byte[][]::new))
                .param(column(requests, request -> request.data().senderId(), Long[]::new))
                .param(texts(requests, request -> request.data().sourceName()))
                .param(texts(
                        requests, request -> request.data().notificationType().wireName()))
                .param(texts(requests, request -> request.data().title()))
                .param(texts(requests, request -> request.data().message()))
                .param(texts(requests, request -> request.data().data().json()))
                .param(column(requests, FanoutRequest::shownCourse, Long[]::new))
                .param(column(requests, FanoutRequest::isTest, Boolean[]::new))
                .param(column(requests, NotificationRows::lastIfWhole, Long[]::new))
                .param(column(requests, NotificationRows::countIfWhole, Integer[]::new))
                .query((row, number) -> inserted(row, byId))
                .list();
        Map<EventId, NotificationRow> rows = new HashMap<>();
        inserted.forEach(row -> rows.put(row.eventId(), row));
        return rows;
    }

    private List<NotificationRow> lock(List<EventId> ids) {
        return jdbc.sql("""
                        SELECT n.*,
                        """ + NAMES + """
                          FROM unnest(?::text[], ?::text[]) AS k (source, id)
                          JOIN notification n ON n.event_source = k.source AND n.event_id = k.id
                         ORDER BY n.event_source, n.event_id
                           FOR NO KEY UPDATE OF n
                        """)
                .param(ids.stream().map(EventId::source).toArray(String[]::new))
                .param(ids.stream().map(EventId::id).toArray(String[]::new))
                .query((row, number) -> found(row))
                .list();
    }

    /** Moves their rows on by what was added. */
    static void advance(List<Stored> stored, Updates updates) {
        if (stored.isEmpty()) {
            return;
        }
        updates.add(
                """
                UPDATE notification n
                   SET fanned_to = greatest(n.fanned_to, a.fanned_to), recipients = n.recipients + a.added,
                       stored_at = CASE WHEN a.last THEN clock_timestamp() END
                  FROM unnest(?::bigint[], ?::bigint[], ?::integer[], ?::boolean[]) AS a (id, fanned_to, added, last)
                 WHERE n.id = a.id""",
                column(stored, one -> one.row().content().id(), Long[]::new),
                column(stored, Stored::fannedTo, Long[]::new),
                column(stored, one -> one.added().size(), Integer[]::new),
                column(stored, Stored::complete, Boolean[]::new));
    }

    private static long lastIfWhole(FanoutRequest request) {
        return isWhole(request) ? request.users().get(request.users().size() - 1) : 0;
    }

    private static int countIfWhole(FanoutRequest request) {
        return isWhole(request) ? request.users().size() : 0;
    }

    private static boolean isWhole(FanoutRequest request) {
        return request.fitsBeside(0);
    }

    private static NotificationRow inserted(ResultSet row, Map<EventId, FanoutRequest> requests) throws SQLException {
        EventId id = eventId(row);
        FanoutRequest request = Objects.requireNonNull(requests.get(id));
        NotificationRequested said = request.data();
        Content content = new Content(
                row.getLong("id"),
                said.senderId(),
                row.getString("sender_name"),
                said.sourceName(),
                said.notificationType(),
                said.title(),
                said.message(),
                said.data(),
                request.shownCourse(),
                row.getString("course_title"),
                request.isTest(),
                createdAt(row));
        State state = isWhole(request) ? State.INSERTED_WHOLE : State.INSERTED;
        return new NotificationRow(id, content, row.getString("epoch"), request.hash(), 0, 0, false, state);
    }

    private static NotificationRow found(ResultSet row) throws SQLException {
        Content content = new Content(
                row.getLong("id"),
                row.getObject("sender_id", Long.class),
                row.getString("sender_name"),
                row.getString("source_name"),
                NotificationType.of(row.getString("notification_type")),
                row.getString("title"),
                row.getString("message"),
                NotificationData.parse(row.getString("data")),
                row.getObject("course_id", Long.class),
                row.getString("course_title"),
                row.getBoolean("test"),
                createdAt(row));
        byte[] hash = row.getBytes("content_hash");
        return new NotificationRow(
                eventId(row),
                content,
                row.getString("epoch"),
                hash == null ? null : ContentHash.ofStored(hash),
                row.getLong("fanned_to"),
                row.getInt("recipients"),
                row.getObject("stored_at") != null,
                State.FOUND);
    }

    private static EventId eventId(ResultSet row) throws SQLException {
        return new EventId(row.getString("event_source"), row.getString("event_id"));
    }

    private static Instant createdAt(ResultSet row) throws SQLException {
        return row.getObject("created_at", OffsetDateTime.class).toInstant();
    }

    private static <T> String[] texts(List<T> items, Function<T, @Nullable String> value) {
        return column(items, value, String[]::new);
    }

    private static <T, V> V[] column(List<T> items, Function<T, @Nullable V> value, IntFunction<V[]> array) {
        return items.stream().map(value).toArray(array);
    }
}
