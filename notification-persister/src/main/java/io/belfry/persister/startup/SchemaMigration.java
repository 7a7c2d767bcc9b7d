package io.belfry.persister.startup;

import io.belfry.runtime.postgres.PostgresSettings;
import java.util.Map;
import org.flywaydb.core.Flyway;

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
    private static final String LIMITS = "-c lock_timeout=1s";

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
        Flyway.configure()
                .dataSource(settings.url(), settings.user(), settings.password())
                .jdbcProperties(Map.of(
                        "connectTimeout", "2",
                        "tcpKeepAlive", "true",
                        "ApplicationName", "belfry-migration",
                        "options", LIMITS))
                .locations(locations)
                // A lock held by a transaction would wait for itself at CREATE INDEX CONCURRENTLY.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }
}
