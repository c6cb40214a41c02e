package io.orderworkflow.benchmarks.inside;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.payment.provider.PaymentProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The whole program as it runs in production, in this process, with a database of its own that is thrown away. */
final class ProgramInside implements AutoCloseable {

    private static final String PROGRAM = "io.orderworkflow.application.OrderWorkflowApplication";

    private final Path folder;
    private final ConfigurableApplicationContext context;

    private ProgramInside(Path folder, ConfigurableApplicationContext context) {
        this.folder = folder;
        this.context = context;
    }

    /** Starts it; with an Axon Server at that address, if one is given. */
    static ProgramInside start(@Nullable String axonServer) throws IOException {
        System.setProperty("disable-axoniq-console-message", "true");
        Path folder = Files.createTempDirectory("bench");
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--order-workflow.demo-catalogue=false",
                "--order-workflow.payment.built-in.enabled=false",
                "--order-workflow.postgres.data-directory=" + folder.resolve("postgres"),
                // What the peers' server is told.
                "--order-workflow.postgres.settings.shared-buffers=512MB",
                "--order-workflow.postgres.settings.max-wal-size=8GB",
                "--order-workflow.postgres.settings.checkpoint-timeout=15min",
                "--order-workflow.postgres.settings.wal-buffers=16MB",
                "--order-workflow.postgres.settings.autovacuum-naptime=5s",
                "--logging.level.root=warn"));
        if (axonServer != null) {
            settings.add("--spring.profiles.active=axonserver");
            settings.add("--axon.axonserver.servers=" + axonServer);
        }
        SpringApplication program = new SpringApplication();
        program.setSources(Set.of(PROGRAM));
        program.addInitializers((GenericApplicationContext starting) ->
                starting.registerBean(PaymentProvider.class, InstantProvider::new));
        return new ProgramInside(folder, program.run(settings.toArray(String[]::new)));
    }

    CommandGateway commands() {
        return context.getBean(CommandGateway.class);
    }

    /** Whether the program would let an order in that came over HTTP. */
    BooleanSupplier admission() {
        Gauge admitted = context.getBean(MeterRegistry.class)
                .get("order.workflow.orders.admitted")
                .gauge();
        return () -> admitted.value() > 0;
    }

    /** Empties the cache of stock items, as if the program had just been started. */
    Runnable forgettingStock() {
        return context.getBean("stockItemCache", Cache.class)::removeAll;
    }

    MeasuredDatabase database() throws SQLException {
        return new MeasuredDatabase(
                context.getBean(DataSource.class).getConnection(), folder.resolve(Path.of("postgres", "cluster")));
    }

    @Override
    public void close() {
        context.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
