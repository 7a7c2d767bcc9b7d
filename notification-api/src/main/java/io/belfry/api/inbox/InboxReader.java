package io.belfry.api.inbox;

import io.belfry.api.database.HeadAndRows;
import io.belfry.api.inbox.InboxAnswers.NotificationDetail;
import io.belfry.api.inbox.InboxAnswers.UnreadCount;
import io.belfry.api.paging.KeysetSlice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists, single notifications and the count, each by one statement. Safe for use by many threads. */
final class InboxReader {

    private final JdbcClient sql;

    InboxReader(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param count how many there are in the whole filtered list */
    record Head(InboxState state, long count) {}

    /** Newest first; one row more than a page shows if there are more. */
    HeadAndRows<Head, NotificationView> list(long user, InboxFilter filter, KeysetSlice slice) {
        // The page is cut out of the thin entries before anything is joined to it.
        String statement = """
                WITH %s, e AS (
                    SELECT * FROM inbox_entry e WHERE e.user_id = :user AND %s AND %s %s)
                SELECT box.*, %s AS count, listed.*
                  FROM box LEFT JOIN (SELECT %s FROM e %s) AS listed ON true
                """.formatted(
                        InboxSql.BOX,
                        filter.where(),
                        slice.where("e.added_seq"),
                        slice.orderBy("e.added_seq"),
                        filter.count(),
                        InboxSql.COLUMNS,
                        InboxSql.NOTIFICATIONS);
        return sql.sql(statement + slice.order("listed.added_seq"))
                .param("user", user)
                .params(slice.parameters())
                .params(filter.parameters())
                .query(HeadAndRows.of(InboxReader::head, "id", InboxSql::notification));
    }

    Optional<NotificationDetail> one(long user, long id) {
        String statement = """
                WITH %s
                SELECT box.*, %s
                  FROM box CROSS JOIN inbox_entry e %s
                 WHERE e.notification_id = :id AND e.user_id = :user AND e.deleted_at IS NULL
                """.formatted(InboxSql.BOX, InboxSql.COLUMNS, InboxSql.NOTIFICATIONS);
        return sql.sql(statement)
                .param("user", user)
                .param("id", id)
                .query((row, index) ->
                        new NotificationDetail(InboxSql.notification(row, index), InboxSql.state(row, index)))
                .optional();
    }

    /** Reads one row by its primary key. */
    UnreadCount unread(long user) {
        return sql.sql("WITH " + InboxSql.BOX + " SELECT * FROM box")
                .param("user", user)
                .query((row, index) ->
                        new UnreadCount(row.getLong("unread"), row.getLong("seq"), row.getString("epoch")))
                .single();
    }

    private static Head head(ResultSet row, int index) throws SQLException {
        return new Head(InboxSql.state(row, index), row.getLong("count"));
    }
}
