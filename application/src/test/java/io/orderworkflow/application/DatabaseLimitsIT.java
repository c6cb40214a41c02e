package io.orderworkflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the program's own settings make of a connection. */
class DatabaseLimitsIT {

    @Test
    void letsNobodyWaitForATransactionThatHangs() throws IOException {
        HikariConfig settings = settingsOfTheProgram();
        settings.setJdbcUrl(ThrowawayPostgres.newDatabase());

        try (HikariDataSource database = new HikariDataSource(settings)) {
            JdbcTemplate jdbc = new JdbcTemplate(database);

            assertThat(jdbc.queryForObject("show lock_timeout", String.class)).isEqualTo("10s");
            assertThat(jdbc.queryForObject("show idle_in_transaction_session_timeout", String.class))
                    .isEqualTo("1min");
        }
    }

    private static HikariConfig settingsOfTheProgram() throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("program", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        HikariConfig settings = new HikariConfig();
        Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(settings));
        return settings;
    }
}
