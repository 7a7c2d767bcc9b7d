package io.belfry.persister.support;

import com.zaxxer.hikari.HikariDataSource;
import io.belfry.persister.startup.DatabasePool;
import org.junit.jupiter.api.AfterAll;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A class with a migrated database and the persister's own way to it, without the rest of a persister. */
public abstract class DatabaseTest extends PersisterTest {

    private final HikariDataSource pool =
            DatabasePool.create(installation.migrated().settings().database());

    /** As the persister has it, where {@code jdbc} is another session each time. */
    protected final JdbcClient pooled = JdbcClient.create(pool);

    protected final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(pool));

    @AfterAll
    void closePool() {
        pool.close();
    }
}
