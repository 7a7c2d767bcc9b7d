package io.belfry.persister.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.persister.support.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next version's migrations, made while this version works. What they must look like: docs/operations.md. */
class SchemaMigrationIT {

    private static final String NOW = "classpath:db/migration";
    private static final String ADD_COLUMN =
            "ALTER TABLE inbox_entry ADD COLUMN pinned boolean NOT NULL DEFAULT false;";
    private static final String BUILD_INDEX = """
            SET lock_timeout = 0;
            DROP INDEX CONCURRENTLY IF EXISTS notification_by_title;
            CREATE INDEX CONCURRENTLY notification_by_title ON notification (title);
            RESET lock_timeout;
            """;

    @TempDir
    private Path next;

    @AutoClose
    private final Installation installation = new Installation().migrated();

    @Test
    void needsNoSuperuser() {
        assertThat(count("SELECT count(*) FROM pg_roles WHERE rolname = current_user AND rolsuper"))
                .isZero();
    }

    @Test
    void takesASchemaThatALaterVersionHasBroughtFurtherAsItIs() throws IOException {
        migration("add", ADD_COLUMN);
        nextVersion().migrate();

        new SchemaMigration(installation.settings().database()).migrate();

        assertThat(columns()).isOne();
    }

    @Test
    void waitsForATableForASecondOnlyAndLeavesNothingBehindThen() throws Exception {
        migration("add", ADD_COLUMN);
        try (Connection reader = installation.transaction("SELECT count(*) FROM inbox_entry")) {
            long began = System.nanoTime();
            CompletableFuture<Void> migration = later(nextVersion()::migrate);
            awaitWaiting("AccessExclusiveLock");
            // As the api's callers do, behind the statement that waits.
            installation
                    .transaction("SET lock_timeout = '2s'; SELECT count(*) FROM inbox_entry")
                    .close();

            assertThatThrownBy(migration::join).hasMessageContaining("lock timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(seconds(1), seconds(10));
            assertThat(columns()).isZero();
            reader.rollback();
        }

        nextVersion().migrate();

        assertThat(columns()).isOne();
    }

    @Test
    void anIndexIsBuiltBesideTheWorkByOneOfTwoThatComeAtOnce() throws Exception {
        withoutTransaction(BUILD_INDEX);
        try (Connection writer =
                installation.transaction("INSERT INTO notification (event_source, event_id, notification_type,"
                        + " title, message, data) VALUES ('/t', 'e', 'announcement', 't', 'm', '{}')")) {
            CompletableFuture<Void> one = later(nextVersion()::migrate);
            CompletableFuture<Void> other = later(nextVersion()::migrate);
            awaitWaiting("ShareLock");
            // Longer than a migration in a transaction may wait.
            long began = System.nanoTime();
            Awaitility.await()
                    .until(() -> System.nanoTime() - began > seconds(3).toNanos());
            assertThat(one).isNotCompletedExceptionally();
            assertThat(other).isNotCompletedExceptionally();
            writer.commit();

            CompletableFuture.allOf(one, other).join();
        }

        assertThat(validIndexes()).isOne();
    }

    @Test
    void anIndexThatFailedIsBuiltAnewOnceItsFailureIsForgotten() throws Exception {
        Path file = withoutTransaction(BUILD_INDEX.replace("SET lock_timeout = 0;", "SET lock_timeout = 100;"));
        try (Connection writer = installation.transaction("DELETE FROM notification")) {
            assertThatThrownBy(nextVersion()::migrate).hasMessageContaining("lock timeout");
            writer.rollback();
        }
        assertThat(count("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .as("left half built")
                .isOne();
        assertThatThrownBy(nextVersion()::migrate).hasMessageContaining("Detected failed migration to version 9000");
        new SchemaMigration(installation.settings().database()).migrate();

        Files.writeString(file, BUILD_INDEX);
        installation
                .jdbc()
                .sql("DELETE FROM flyway_schema_history WHERE NOT success")
                .update();
        nextVersion().migrate();

        assertThat(validIndexes()).isOne();
    }

    @Test
    void countsTheStudentsOfCoursesThatWereThereBefore() {
        installation.jdbc().sql("""
                        DROP FUNCTION course_size_change, claim_request, seconds_until_room, lock_inboxes CASCADE;
                        DROP TABLE course_size;
                        DELETE FROM flyway_schema_history WHERE version::integer >= 11;
                        INSERT INTO course_member SELECT 1 + u % 2, u, CASE WHEN u > 4 THEN 'student' ELSE 'instructor' END
                          FROM generate_series(1, 1004) u
                        """).update();

        new SchemaMigration(installation.settings().database()).migrate();

        assertThat(count("SELECT count(*) FROM course_size WHERE students = 500"))
                .isEqualTo(2);
    }

    private SchemaMigration nextVersion() {
        return new SchemaMigration(installation.settings().database(), NOW, "filesystem:" + next);
    }

    private Path migration(String name, String sql) throws IOException {
        return Files.writeString(next.resolve("V9000__" + name + ".sql"), sql);
    }

    private Path withoutTransaction(String sql) throws IOException {
        Path file = migration("index", sql);
        Files.writeString(next.resolve(file.getFileName() + ".conf"), "executeInTransaction=false");
        return file;
    }

    private static CompletableFuture<Void> later(Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task, "migration").start())
                .orTimeout(60, TimeUnit.SECONDS);
    }

    private void awaitWaiting(String mode) {
        Awaitility.await()
                .atMost(seconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
                                + " WHERE NOT granted AND application_name = 'belfry-migration' AND mode = '" + mode
                                + "'")
                        > 0);
    }

    private long columns() {
        return count("SELECT count(*) FROM information_schema.columns WHERE column_name = 'pinned'");
    }

    private long validIndexes() {
        return count("SELECT count(*) FROM pg_index"
                + " WHERE indexrelid = to_regclass('notification_by_title') AND indisvalid");
    }

    private long count(String sql) {
        return installation.jdbc().sql(sql).query(Long.class).single();
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
