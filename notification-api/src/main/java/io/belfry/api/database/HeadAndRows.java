package io.belfry.api.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;

/**
 * What a statement of the form {@code head LEFT JOIN rows ON true} gives: facts that hold for all rows, and the rows,
 * of one snapshot because of one statement.
 *
 * @param rows in the statement's order; maybe none
 */
public record HeadAndRows<H, R>(H head, List<R> rows) {

    /** @param rowKey a column that no row has null: where it is, there are no rows */
    public static <H, R> ResultSetExtractor<HeadAndRows<H, R>> of(RowMapper<H> head, String rowKey, RowMapper<R> row) {
        return results -> extract(results, head, rowKey, row);
    }

    private static <H, R> HeadAndRows<H, R> extract(
            ResultSet results, RowMapper<H> headMapper, String rowKey, RowMapper<R> rowMapper) throws SQLException {
        if (!results.next()) {
            throw new SQLException("the head of the statement gave no row");
        }
        H head = headMapper.mapRow(results, 0);
        List<R> rows = new ArrayList<>();
        if (results.getObject(rowKey) != null) {
            do {
                rows.add(rowMapper.mapRow(results, rows.size()));
            } while (results.next());
        }
        return new HeadAndRows<>(head, rows);
    }
}
