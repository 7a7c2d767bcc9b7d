package io.belfry.kit.database;

import io.belfry.kit.contract.Repository;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** The roles of the services, by the statements of docs/operations.md as they stand there. */
public final class DatabaseRoles {

    public static final String PERSISTER = "belfry_persister";
    public static final String API = "belfry_api";

    private static final String HEADING = "## Database roles";
    private static final String SUPERUSER = "postgres";

    /** Roles are of all databases of a server, and a server may have outlived a test's run. */
    private static final Set<String> ALREADY_THERE = Set.of("42710");

    private DatabaseRoles() {}

    /** Before a persister makes the schema. */
    public static void create(String jdbcUrl) {
        run(jdbcUrl, 0);
    }

    /** Once the schema is there. */
    public static void grant(String jdbcUrl) {
        run(jdbcUrl, 1);
    }

    private static void run(String jdbcUrl, int block) {
        String sql = Repository.blocks("docs/operations.md", HEADING, "sql").get(block);
        try (Connection connection = DriverManager.getConnection(jdbcUrl, SUPERUSER, "");
                Statement statement = connection.createStatement()) {
            for (String each : List.of(sql.split(";\n"))) {
                try {
                    statement.execute(each);
                } catch (SQLException e) {
                    if (!ALREADY_THERE.contains(e.getSQLState())) {
                        throw e;
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the roles of docs/operations.md: " + e.getMessage(), e);
        }
    }
}
