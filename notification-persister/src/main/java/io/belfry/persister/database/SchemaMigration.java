package io.belfry.persister.database;

import io.belfry.persister.settings.PersisterSettings;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings the schema to this version, on a connection without the limits that the work itself is under. */
public final class SchemaMigration {

    private final PersisterSettings.Database settings;

    public SchemaMigration(PersisterSettings.Database settings) {
        this.settings = settings;
    }

    /** @throws RuntimeException if the database is out of reach or has another idea of its schema */
    public void migrate() {
        Flyway.configure()
                .dataSource(settings.url(), settings.user(), settings.password())
                .jdbcProperties(Map.of("connectTimeout", "2", "ApplicationName", "belfry-migration"))
                .locations("classpath:db/migration")
                // A lock held by a transaction would wait for itself at CREATE INDEX CONCURRENTLY.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }
}
