package io.orderworkflow.platform.postgres;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The server, started beside everything else: the first start unpacks PostgreSQL and makes a database, which takes
 * seconds.
 */
final class EarlyStart implements DisposableBean {

    private final FutureTask<EmbeddedPostgres> start;
    private boolean taken;

    EarlyStart(Environment environment) {
        EmbeddedPostgresProperties properties =
                Binder.get(environment).bindOrCreate("order-workflow.postgres", EmbeddedPostgresProperties.class);
        start = new FutureTask<>(() -> EmbeddedPostgres.start(properties));
        Thread thread = new Thread(start, "embedded-postgres-start");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the server once it is up; whoever takes it closes it. */
    EmbeddedPostgres take() {
        try {
            EmbeddedPostgres postgres = start.get();
            taken = true;
            return postgres;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL was starting", e);
        }
    }

    /** Where the program could not be prepared, nobody has taken the server. */
    @Override
    public void destroy() throws Exception {
        if (!taken) {
            try {
                start.get().close();
            } catch (ExecutionException notStarted) {
                // Then there is nothing to end, and the program ends for another reason.
            }
        }
    }

    /** Begins as soon as the settings are known, a third of the whole start before the first bean is made. */
    static final class WithTheProgram implements ApplicationContextInitializer<GenericApplicationContext> {

        @Override
        public void initialize(GenericApplicationContext context) {
            if (EmbeddedPostgresAutoConfiguration.wanted(context.getEnvironment())) {
                EarlyStart start = new EarlyStart(context.getEnvironment());
                // Not as a definition: what was never asked for is not destroyed, and a start may fail before that.
                context.getDefaultListableBeanFactory().registerSingleton("embeddedPostgresStart", start);
                context.getDefaultListableBeanFactory().registerDisposableBean("embeddedPostgresStart", start);
            }
        }
    }
}
