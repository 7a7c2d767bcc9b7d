package io.belfry.acceptance.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.DatabaseRoles;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.system.NotificationSystem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** All tests of the shared system run its services as these roles; here is what the roles may not do. */
class DatabaseRolesIT {

    private static final String REFUSED = "42501";

    private final NotificationSystem system = NotificationSystem.shared();

    @Test
    void servicesWorkAsRolesOfTheirOwn() throws Exception {
        ApiClient instructor = system.user(system.platform().newCourse(1).instructor());
        instructor.get("/api/notifications/").expect(200);
        JsonNode template = Json.object("name", "n", "message", "m");
        String kept = "/api/templates/"
                + instructor
                        .post("/api/templates/", template)
                        .expect(201)
                        .body()
                        .path("id")
                        .asLong();
        instructor.send("PATCH", kept, template).expect(200);
        instructor.send("DELETE", kept, null).expect(204);

        assertThat(texts("SELECT DISTINCT usename || ' ' || split_part(application_name, '/', 1) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        + " AND usename IN ('belfry_api', 'belfry_persister')"))
                .anyMatch(each -> each.startsWith(DatabaseRoles.API + " "))
                .anyMatch(each -> each.startsWith(DatabaseRoles.PERSISTER + " "));
        assertThat(texts("SELECT tableowner FROM pg_tables WHERE schemaname = 'public'"))
                .isNotEmpty()
                .allMatch(system.servers().postgres().user()::equals);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE mine (id bigint)",
                "DROP TABLE audit_log",
                "ALTER TABLE inbox ADD COLUMN mine bigint",
                "TRUNCATE audit_log",
                "CREATE OR REPLACE FUNCTION current_epoch() RETURNS text LANGUAGE sql AS $$ SELECT 'mine' $$",
                "CREATE ROLE mine"
            })
    void neitherMayChangeTheSchema(String sql) {
        assertRefused(DatabaseRoles.API, sql);
        assertRefused(DatabaseRoles.PERSISTER, sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE notification SET message = ''",
                "DELETE FROM inbox_entry",
                "DELETE FROM audit_log",
                "UPDATE audit_log SET actor = ''",
                "INSERT INTO course_member VALUES (1, 1, 'instructor')",
                "UPDATE inbox_epoch SET name = 'mine'"
            })
    void apiChangesOnlyWhatItsCallsChange(String sql) {
        assertRefused(DatabaseRoles.API, sql);
    }

    @Test
    void tablesOfLaterVersionsAreThePersistersToFill() throws Exception {
        String owner = system.servers().postgres().user();
        run(owner, "CREATE TABLE later (id bigint)");
        try {
            run(DatabaseRoles.PERSISTER, "INSERT INTO later VALUES (1); UPDATE later SET id = 2; DELETE FROM later");
            run(DatabaseRoles.API, "SELECT * FROM later");
            assertRefused(DatabaseRoles.API, "INSERT INTO later VALUES (1)");
        } finally {
            run(owner, "DROP TABLE later");
        }
    }

    private void assertRefused(String role, String sql) {
        assertThatThrownBy(() -> run(role, sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED));
    }

    private void run(String role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(system.stack().jdbcUrl(), role, "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false); // what is not refused is taken back, but for the owner's
            statement.execute(sql);
            if (role.equals(system.servers().postgres().user())) {
                connection.commit();
            }
        }
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(system.stack().jdbcUrl(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
