package io.orderworkflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@SpringJUnitConfig
@Import(ThrowawayDatabase.class)
@ImportAutoConfiguration({
    EmbeddedPostgresAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
})
class ThrowawayPostgresIT {

    @Test
    void givesTheContextADatabaseWhereItMayCreateTables(@Autowired JdbcClient jdbc) {
        jdbc.sql("CREATE TABLE note (text varchar)").update();

        assertThat(jdbc.sql("INSERT INTO note VALUES ('kept')").update()).isOne();
    }

    @Test
    void givesEveryCallerADatabaseOfItsOwn() {
        assertThat(database(ThrowawayPostgres.newDatabase())).isNotEqualTo(database(ThrowawayPostgres.newDatabase()));
    }

    private static String database(String url) {
        return JdbcClient.create(new DriverManagerDataSource(url))
                .sql("SELECT current_database()")
                .query(String.class)
                .single();
    }
}
