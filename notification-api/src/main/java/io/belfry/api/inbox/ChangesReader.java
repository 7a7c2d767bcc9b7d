package io.belfry.api.inbox;

import io.belfry.api.database.Columns;
import io.belfry.api.database.HeadAndRows;
import io.belfry.api.inbox.InboxAnswers.Changes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What changed since a number: exactly, or not at all. One statement, hence one snapshot. */
final class ChangesReader {

    /** More notifications than this are not named one by one: the list is the shorter way. */
    static final int MAX_NAMED = 500;

    // What was added since, by the index of the list; what was there before and changed since, by the index of changes.
    // Contents are joined only where they will be told.
    private static final String STATEMENT = """
            WITH %s,
            e AS MATERIALIZED (
                (SELECT * FROM inbox_entry WHERE user_id = :user AND added_seq > :after LIMIT :most + 1)
                UNION ALL
                (SELECT * FROM inbox_entry
                  WHERE user_id = :user AND changed_seq > :after AND changed_seq > added_seq AND added_seq <= :after
                  LIMIT :most + 1)),
            head AS MATERIALIZED (
                SELECT seq, unread, epoch,
                       :after > seq OR :after < floor OR coalesce(:epoch <> epoch, false)
                       OR (SELECT count(*) FROM e) > :most AS reset
                  FROM box)
            SELECT head.*, changed.*
              FROM head LEFT JOIN (SELECT %s FROM e %s) AS changed ON NOT head.reset
             ORDER BY changed.added_seq DESC
            """.formatted(InboxSql.BOX, InboxSql.COLUMNS, InboxSql.NOTIFICATIONS);

    private record Head(InboxState state, boolean reset) {}

    /** @param deleted whether only its id is told */
    private record Changed(NotificationView notification, boolean deleted) {}

    private final JdbcClient sql;

    ChangesReader(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * @param after 0 or more; the number up to which the client knows all
     * @param epoch the history that it knows; null = not told
     */
    Changes since(long user, long after, @Nullable String epoch) {
        HeadAndRows<Head, Changed> read = sql.sql(STATEMENT)
                .param("user", user)
                .param("after", after)
                .param("epoch", epoch, Types.VARCHAR)
                .param("most", MAX_NAMED)
                .query(HeadAndRows.of(ChangesReader::head, "id", ChangesReader::changed));
        List<NotificationView> notifications = new ArrayList<>();
        List<Long> deleted = new ArrayList<>();
        for (Changed changed : read.rows()) {
            if (changed.deleted()) {
                deleted.add(changed.notification().id());
            } else {
                notifications.add(changed.notification());
            }
        }
        return new Changes(
                read.head().state(), notifications, deleted, read.head().reset());
    }

    private static Head head(ResultSet row, int index) throws SQLException {
        return new Head(InboxSql.state(row, index), row.getBoolean("reset"));
    }

    private static Changed changed(ResultSet row, int index) throws SQLException {
        return new Changed(InboxSql.notification(row, index), Columns.instant(row, "deleted_at") != null);
    }
}
