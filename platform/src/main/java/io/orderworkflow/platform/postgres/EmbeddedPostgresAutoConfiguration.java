package io.orderworkflow.platform.postgres;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Supplies the database when nothing else does: no {@code spring.datasource.url}, no data source, no connection details.
 *
 * <p>The connection pool is made from the {@link JdbcConnectionDetails}, so Spring destroys it, and with it everything
 * that talks to the database, before it stops the server. That order is why the server has no exit hook of its own.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@Conditional(EmbeddedPostgresAutoConfiguration.Wanted.class)
@ConditionalOnMissingBean({DataSource.class, JdbcConnectionDetails.class})
class EmbeddedPostgresAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EarlyStart embeddedPostgresStart(Environment environment) {
        return new EarlyStart(environment);
    }

    @Bean(destroyMethod = "close")
    EmbeddedPostgres embeddedPostgres(EarlyStart start) {
        return start.take();
    }

    @Bean
    JdbcConnectionDetails embeddedPostgresConnectionDetails(EmbeddedPostgres postgres) {
        return new EmbeddedPostgresConnectionDetails(
                postgres.jdbcUrl(), DatabaseCluster.APPLICATION, postgres.password());
    }

    private record EmbeddedPostgresConnectionDetails(String jdbcUrl, String username, String password)
            implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return jdbcUrl;
        }

        @Override
        public String getUsername() {
            return username;
        }

        @Override
        public String getPassword() {
            return password;
        }
    }

    /** Unlike {@code @ConditionalOnProperty}, takes an empty URL for none: Compose files pass on unset variables so. */
    static boolean wanted(Environment environment) {
        return environment.getProperty("order-workflow.postgres.embedded", Boolean.class, true)
                && !StringUtils.hasText(environment.getProperty("spring.datasource.url"));
    }

    static class Wanted extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean wanted = wanted(context.getEnvironment());
            return new ConditionOutcome(
                    wanted,
                    ConditionMessage.forCondition("Embedded PostgreSQL")
                            .because((wanted ? "not switched off, and no " : "switched off, or a ")
                                    + "spring.datasource.url is set"));
        }
    }
}
