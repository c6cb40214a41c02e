package io.orderworkflow.platform.postgres;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Import it to give a test's context a fresh database of {@link ThrowawayPostgres}, and no other one. */
@TestConfiguration(proxyBeanMethods = false)
public class ThrowawayDatabase {

    @Bean
    JdbcConnectionDetails throwawayDatabaseConnectionDetails() {
        return new UrlOnly(ThrowawayPostgres.newDatabase());
    }

    /** User and password are in the URL. */
    private record UrlOnly(String url) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return url;
        }

        @Override
        public @Nullable String getUsername() {
            return null;
        }

        @Override
        public @Nullable String getPassword() {
            return null;
        }
    }
}
