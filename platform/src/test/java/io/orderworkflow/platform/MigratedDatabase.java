package io.orderworkflow.platform;

import com.zaxxer.hikari.HikariDataSource;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import org.flywaydb.core.Flyway;

/** Fresh databases with the platform's tables, for tests that need no more of it. */
public final class MigratedDatabase {

    private MigratedDatabase() {}

    /** Creates one; whoever asks for it closes it. */
    public static HikariDataSource create() {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(ThrowawayPostgres.newDatabase());
        dataSource.setMaximumPoolSize(10);
        dataSource.setMinimumIdle(0);
        Flyway.configure().dataSource(dataSource).outOfOrder(true).load().migrate();
        return dataSource;
    }
}
