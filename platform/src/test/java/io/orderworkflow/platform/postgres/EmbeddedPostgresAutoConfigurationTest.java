package io.orderworkflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;

class EmbeddedPostgresAutoConfigurationTest {

    @TempDir
    Path folder;

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(EmbeddedPostgresAutoConfiguration.class));

    @Test
    void standsBackForAConfiguredDatabase() {
        context.withPropertyValues("spring.datasource.url=jdbc:postgresql://db.example/orders")
                .run(started -> assertThat(started).doesNotHaveBean(EmbeddedPostgres.class));
    }

    @Test
    void standsBackForAnotherSourceOfConnections() {
        context.withBean(JdbcConnectionDetails.class, SomeDatabase::new)
                .run(started -> assertThat(started).doesNotHaveBean(EmbeddedPostgres.class));
    }

    @Test
    void standsBackWhenToldTo() {
        context.withPropertyValues("order-workflow.postgres.embedded=false")
                .run(started -> assertThat(started).doesNotHaveBean(EmbeddedPostgres.class));
    }

    @Test
    void takesAnEmptyUrlForNone() throws IOException {
        // Proof that it would start, without starting it: a file is where its folder should be.
        Path file = Files.createFile(folder.resolve("file"));

        context.withPropertyValues("spring.datasource.url=", "order-workflow.postgres.data-directory=" + file)
                .run(failed -> {
                    assertThat(failed).hasFailed();
                    assertThat(failed.getStartupFailure())
                            .rootCause()
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining(file.toString());
                });
    }

    @Test
    void saysWhatIsWrongInASentence() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        context.withPropertyValues("order-workflow.postgres.data-directory=" + file)
                .run(failed -> assertThat(failed)
                        .getFailure()
                        .extracting(new EmbeddedPostgresFailureAnalyzer()::analyze)
                        .extracting(FailureAnalysis::getDescription)
                        .isEqualTo("The embedded PostgreSQL cannot use the data folder %1$s: %1$s is in the way."
                                .formatted(file)));
    }

    @Test
    void needsNoSettings() {
        EmbeddedPostgresProperties properties =
                new Binder().bindOrCreate("order-workflow.postgres", Bindable.of(EmbeddedPostgresProperties.class));

        assertThat(properties).isEqualTo(new EmbeddedPostgresProperties(true, Path.of("data/postgres"), 0, Map.of()));
    }

    @Test
    void takesServerSettings() {
        MockEnvironment environment =
                new MockEnvironment().withProperty("order-workflow.postgres.settings.shared-buffers", "1GB");

        EmbeddedPostgresProperties properties =
                Binder.get(environment).bindOrCreate("order-workflow.postgres", EmbeddedPostgresProperties.class);

        assertThat(properties.settings()).containsEntry("shared-buffers", "1GB");
    }

    private static final class SomeDatabase implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return "jdbc:postgresql://db.example/orders";
        }

        @Override
        public String getUsername() {
            return "orders";
        }

        @Override
        public String getPassword() {
            return "secret";
        }
    }
}
