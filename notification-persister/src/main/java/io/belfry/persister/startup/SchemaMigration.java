package io.belfry.persister.startup;

import io.belfry.runtime.postgres.PostgresSettings;
import io.belfry.runtime.postgres.PostgresSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Brings the schema to this version, on a connection without the limits that the work itself is under. A schema that a
 * later version has brought further is taken as it is: while persisters are replaced one after the other, an old one
 * that is started again has to come up.
 */
public final class SchemaMigration {

    private static final String MIGRATIONS = "classpath:db/migration";

    /**
     * A statement that waits for a table has all later ones wait behind it, and the api's callers are answered 503 after
     * 2 s. So a migration gives up early and is tried again. One that may wait longer and holds nothing up, such as CREATE
     * INDEX CONCURRENTLY, sets another limit in its file.
     */
    private static final List<String> LIMITS = List.of("lock_timeout=1s");

    /** Statements of a migration take as long as they take. */
    private static final Duration NO_LIMIT = Duration.ZERO;

    private final PostgresSettings settings;
    private final String[] locations;

    public SchemaMigration(PostgresSettings settings) {
        this(settings, MIGRATIONS);
    }

    /** @param locations where migrations are, as Flyway names such places */
    SchemaMigration(PostgresSettings settings, String... locations) {
        this.settings = settings;
        this.locations = locations;
    }

    /**
     * Does nothing when all is done; what another does at this moment is waited for.
     *
     * @throws RuntimeException if the database is out of reach, has another idea of its schema, or has a table that is in
     *     use for too long: nothing of the migration that was under way is left then, unless it is one without a transaction
     */
    public void migrate() {
        PostgresSource database = new PostgresSource(settings, "belfry-migration", NO_LIMIT, LIMITS);
        Flyway flyway = Flyway.configure()
                .dataSource(database)
                .locations(locations)
                // A lock held by a transaction would wait for itself at CREATE INDEX CONCURRENTLY.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
        if (!isBehindPooler(database)) {
            flyway.migrate();
        } else if (flyway.info().pending().length > 0) {
            throw new IllegalStateException(
                    "The schema is not of this version, and a pooler's sessions can not hold the"
                            + " lock of a migration: start one persister whose BELFRY_DATABASE_URL leads past the pooler");
        }
    }

    private static boolean isBehindPooler(PostgresSource database) {
        try (Connection connection = database.getConnection()) {
            return PostgresSource.isBehindPooler(connection);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
        }
    }
}
