package io.belfry.persister.support;

import com.zaxxer.hikari.HikariDataSource;
import io.belfry.persister.startup.DatabasePool;
import io.belfry.persister.startup.PersisterSettings;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The persister's own way to a database, without the rest of it. */
public final class TestDatabase implements AutoCloseable {

    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public TestDatabase(PersisterSettings settings) {
        this.pool = DatabasePool.create(settings.database());
        this.jdbc = JdbcClient.create(pool);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public TransactionTemplate transactions() {
        return transactions;
    }

    public void inTransaction(Consumer<JdbcClient> work) {
        transactions.executeWithoutResult(status -> work.accept(jdbc));
    }

    @Override
    public void close() {
        pool.close();
    }
}
