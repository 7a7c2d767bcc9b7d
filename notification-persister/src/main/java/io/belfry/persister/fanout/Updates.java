package io.belfry.persister.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Statements that go to the server in one message, in their order: none needs the answer to another, and each by itself would
 * be a round trip while rows are locked.
 */
final class Updates {

    private final StringJoiner sql = new StringJoiner(";\n");
    private final List<Object> parameters = new ArrayList<>();

    void add(String statement, Object... itsParameters) {
        sql.add(statement);
        parameters.addAll(List.of(itsParameters));
    }

    /** Nothing if there are none. */
    void send(JdbcClient jdbc) {
        if (!parameters.isEmpty()) {
            jdbc.sql(sql.toString()).params(parameters).update();
        }
    }
}
