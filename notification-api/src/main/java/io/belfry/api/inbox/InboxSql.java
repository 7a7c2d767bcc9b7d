package io.belfry.api.inbox;

import static io.belfry.api.database.Columns.id;
import static io.belfry.api.database.Columns.instant;
import static io.belfry.api.database.Columns.requiredInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** What the statements of this room have in common; all take the parameter {@code :user}. */
final class InboxSql {

    /** The head of an answer; one row also where there is no inbox yet. */
    static final String BOX = """
            box AS MATERIALIZED (
                SELECT current_epoch() AS epoch, coalesce(i.seq, 0) AS seq, coalesce(i.unread, 0) AS unread,
                       coalesce(i.total, 0) AS total, coalesce(i.floor, 0) AS floor
                  FROM (VALUES (1)) AS one LEFT JOIN inbox i ON i.user_id = :user)
            """;

    /** Columns of a notification, for {@link #NOTIFICATIONS}. */
    static final String COLUMNS = """
            n.id, n.sender_id, s.name AS sender_name, e.user_id, r.name AS receiver_name, n.notification_type, n.title,
            n.message, n.data, n.course_id, n.created_at, e.read_at, e.deleted_at, e.added_seq""";

    /** Joins entries {@code e} with all that a notification shows. */
    static final String NOTIFICATIONS = """
            JOIN notification n ON n.id = e.notification_id
            LEFT JOIN platform_user s ON s.id = n.sender_id
            LEFT JOIN platform_user r ON r.id = e.user_id
            """;

    private InboxSql() {}

    static InboxState state(ResultSet row, int index) throws SQLException {
        return new InboxState(row.getLong("seq"), row.getLong("unread"), row.getString("epoch"));
    }

    static NotificationView notification(ResultSet row, int index) throws SQLException {
        Instant readAt = instant(row, "read_at");
        return new NotificationView(
                row.getLong("id"),
                id(row, "sender_id"),
                row.getString("sender_name"),
                row.getLong("user_id"),
                row.getString("receiver_name"),
                row.getString("notification_type"),
                row.getString("title"),
                row.getString("message"),
                row.getString("data"),
                readAt != null,
                readAt,
                id(row, "course_id"),
                requiredInstant(row, "created_at"),
                row.getLong("added_seq"));
    }
}
