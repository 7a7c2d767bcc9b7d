package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.EventId;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.persister.startup.PersisterSettings;
import io.belfry.persister.startup.SchemaMigration;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import io.belfry.runtime.postgres.PostgresSettings;
import io.belfry.runtime.postgres.PostgresSource;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** PgBouncer in transaction mode before the database. */
@ExtendWith(OutputCaptureExtension.class)
class PoolerIT extends PersisterTest {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
    private static final List<String> LIMITS = List.of(
            "transaction_timeout = '10s'",
            "idle_in_transaction_session_timeout = '5s'",
            "lock_timeout = '1s'",
            "enable_seqscan = off",
            "enable_hashjoin = off",
            "enable_mergejoin = off",
            "plan_cache_mode = 'force_generic_plan'");

    private final int port = Ports.free();
    private ChildProcess pooler;

    @BeforeAll
    static void isInstalled() {
        boolean there = Files.isExecutable(PROGRAM);
        assertThat(there || !"true".equals(System.getenv("BELFRY_TEST_ALL_TOOLS")))
                .isTrue();
        Assumptions.assumeTrue(there, "there is no " + PROGRAM);
    }

    @AfterEach
    void stopPooler() {
        pooler.stop();
    }

    @Test
    void lendsASessionToEachTransactionOnceItHasWhatIsNamedAtTheStart(CapturedOutput output) throws Exception {
        startPooler("extra_float_digits");
        assertThatThrownBy(this::connect).hasMessageContaining("ignore_startup_parameters must have");
        pooler.stop();
        startPooler("extra_float_digits, options");
        assertThatThrownBy(this::connect).hasMessageContaining("ALTER ROLE belfry SET lock_timeout = '1s'");
        limit();
        pooler.stop();
        startPooler("extra_float_digits, options");
        assertThatThrownBy(() -> new SchemaMigration(settings().database()).migrate())
                .hasMessageContaining("BELFRY_DATABASE_URL leads past the pooler");
        installation.migrated();
        start("BELFRY_DATABASE_URL", pooledUrl());
        for (long user = 1; user <= 2_000; user++) {
            installation.publish(new EventId("/pooled", "e" + user), Requests.toUsers("hello", user, user % 7 + 1));
            if (user % 100 == 0) {
                installation.producer().flush();
            }
        }
        eventually().until(() -> number("SELECT count(*) FROM inbox WHERE user_id <= 2000") == 2_000);
        stop();
        assertEveryNumberIsAnEntry();
        assertThat(installation.deadLetters()).isEmpty();
        assertThat(output).doesNotContain("prepared statement");
    }

    /** As the README has it for the role; here for this database, since other tests share the role. */
    private void limit() {
        String database = text("SELECT current_database()");
        LIMITS.forEach(limit ->
                jdbc.sql("ALTER DATABASE " + database + " SET " + limit).update());
    }

    private void connect() throws Exception {
        PostgresSettings database = settings().database();
        new PostgresSource(database, "test", Duration.ofSeconds(5), List.of("lock_timeout=1s"))
                .getConnection()
                .close();
    }

    private PersisterSettings settings() {
        return installation.settings("BELFRY_DATABASE_URL", pooledUrl());
    }

    private String pooledUrl() {
        return installation.databaseUrl().replaceFirst(":\\d+/", ":" + port + "/");
    }

    private void startPooler(String ignored) throws IOException {
        Path folder = TestServers.temporaryFolder();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d user=belfry
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = 2
                ignore_startup_parameters = %s
                """.formatted(
                        installation.servers().postgres().port(), port, ignored));
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), file.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(1, List.of("-u", "postgres"));
        }
        pooler = new ChildProcess(
                new ProcessSpec(
                        "pgbouncer",
                        command,
                        Map.of(),
                        folder,
                        folder.resolve("log"),
                        "INT",
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10)),
                () -> new Socket("127.0.0.1", port).close());
        pooler.start();
    }
}
