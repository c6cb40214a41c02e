package io.orderworkflow.payment;

import com.zaxxer.hikari.HikariDataSource;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real database with our tables, for one test class. */
public final class PaymentDatabase implements AutoCloseable {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);

    private final HikariDataSource dataSource = new HikariDataSource();

    /** Creates it. */
    public PaymentDatabase() {
        this(ThrowawayPostgres.newDatabase());
        Flyway.configure().dataSource(dataSource).load().migrate();
    }

    private PaymentDatabase(String url) {
        dataSource.setJdbcUrl(url);
        dataSource.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    }

    /** The same database, as another process sees it that may lose its connections. */
    public PaymentDatabase toAnotherProcess() {
        return new PaymentDatabase(dataSource.getJdbcUrl());
    }

    /** Empties our tables, for the next test. */
    public void clear() {
        jdbc().execute("truncate payment_provider_call, payment_provider_worker, built_in_provider_ledger");
    }

    /** Runs SQL in it. */
    public JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource);
    }

    /** Its transactions. */
    public JdbcTransactionManager transactionManager() {
        return new JdbcTransactionManager(dataSource);
    }

    /** Runs several statements in one transaction. */
    public TransactionTemplate transactions() {
        return new TransactionTemplate(transactionManager());
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
