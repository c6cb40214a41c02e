package io.orderworkflow.platform.processing;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The processor of a generation of projections. */
final class ProjectionProcessor extends PausableProcessor {

    /**
     * How long it gathers events after it has written some. Each batch costs a transaction, and what happens to an order or
     * a payment within this time is written at once.
     */
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final boolean startedWithProgram;
    private final int batchSize;

    /**
     * Creates the processor.
     *
     * @param batchSize the most events that are handled in one transaction
     * @param isPaused asked when it is started
     * @param startedWithProgram whether it is; otherwise somebody starts it who knows when
     */
    ProjectionProcessor(Builder builder, int batchSize, Predicate<String> isPaused, boolean startedWithProgram) {
        // How far it has come is to be seen soon, also where there was nothing to do.
        super(builder.claimExtensionThreshold(1000), isPaused);
        this.batchSize = batchSize;
        this.startedWithProgram = startedWithProgram;
    }

    @Override
    public void registerLifecycleHandlers(Lifecycle.LifecycleRegistry registry) {
        if (startedWithProgram) {
            super.registerLifecycleHandlers(registry);
        } else {
            registry.onShutdown(Phase.INBOUND_EVENT_CONNECTORS, this::shutdownAsync);
        }
    }

    /** What comes first is handled at once; only what follows soon is gathered, unless there is enough already. */
    @Override
    protected void processInUnitOfWork(
            List<? extends EventMessage<?>> events,
            UnitOfWork<? extends EventMessage<?>> unitOfWork,
            Collection<Segment> segments)
            throws Exception {
        super.processInUnitOfWork(events, unitOfWork, segments);
        if (events.size() < batchSize) {
            LockSupport.parkNanos(GATHERING_NANOS);
        }
    }

    /** Projections send nothing, so what they handle is handed on to nobody: to gather it would cost a tenth of their time. */
    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super EventMessage<?>> interceptor) {
        return interceptor instanceof CorrelationDataInterceptor<?>
                ? () -> true
                : super.registerHandlerInterceptor(interceptor);
    }

    /** Event stores leave out what nobody handles; then nobody would come as far as the last event. */
    @Override
    protected boolean canHandleType(Class<?> payloadType) {
        return true;
    }
}
