package io.belfry.api.sending;

import io.belfry.api.database.Columns;
import io.belfry.api.database.HeadAndRows;
import io.belfry.api.paging.KeysetSlice;
import io.belfry.api.sending.RequestView.RequestError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests as their senders see them: a pending one is not known to be accepted, so it is not shown. */
final class RequestReader {

    /** Sub-selects, not joins: they look at the rows of the page alone, however long the list and whatever the plan. */
    private static final String COLUMNS = """
            r.id, r.number, r.course_id, r.status, r.recipients, r.error_code, r.error_detail, r.created_at, r.stored_at,
            (SELECT n.notification_type FROM notification n WHERE n.id = r.notification_id) AS notification_type,
            (SELECT n.title FROM notification n WHERE n.id = r.notification_id) AS title,
            (SELECT count(*) FROM inbox_entry e
              WHERE e.notification_id = r.notification_id AND e.read_at IS NOT NULL) AS read""";

    private final JdbcClient sql;

    RequestReader(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<RequestView> one(String scope, String id) {
        return sql.sql(
                        "SELECT " + COLUMNS
                                + " FROM notification_request r WHERE r.id = :id AND r.caller = :caller AND r.status <> 'pending'")
                .param("id", id)
                .param("caller", scope)
                .query(RequestReader::view)
                .optional();
    }

    /**
     * Newest first, with the count of all.
     *
     * @param course null = all
     */
    HeadAndRows<Long, RequestView> list(String scope, @Nullable Long course, KeysetSlice slice) {
        String own =
                "r.caller = :caller AND r.status <> 'pending'" + (course == null ? "" : " AND r.course_id = :course");
        String statement = """
                SELECT head.count, listed.*
                  FROM (SELECT count(*) AS count FROM notification_request r WHERE %s) AS head
                  LEFT JOIN (SELECT %s FROM notification_request r WHERE %s AND %s %s) AS listed ON true
                """.formatted(own, COLUMNS, own, slice.where("r.number"), slice.orderBy("r.number"));
        return sql.sql(statement + slice.order("listed.number"))
                .param("caller", scope)
                .param("course", course)
                .params(slice.parameters())
                .query(HeadAndRows.of((row, index) -> row.getLong("count"), "id", RequestReader::view));
    }

    private static RequestView view(ResultSet row, int index) throws SQLException {
        String code = row.getString("error_code");
        String detail = row.getString("error_detail");
        return new RequestView(
                row.getString("id"),
                Columns.id(row, "course_id"),
                row.getString("status"),
                row.getInt("recipients"),
                row.getInt("read"),
                code == null ? null : new RequestError(code, detail == null ? "" : detail),
                Columns.requiredInstant(row, "created_at"),
                Columns.instant(row, "stored_at"),
                row.getString("notification_type"),
                row.getString("title"),
                row.getLong("number"));
    }
}
