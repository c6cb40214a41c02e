package io.orderworkflow.platform.processing;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
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

    /** If the last one is older, those that follow are there already. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final boolean startedWithProgram;
    private final Clock clock;
    private final Gathering gathering = new Gathering(System.nanoTime());

    /**
     * Creates the processor.
     *
     * @param isPaused asked when it is started
     * @param startedWithProgram whether it is; otherwise somebody starts it who knows when
     * @param clock tells how old an event is
     */
    ProjectionProcessor(Builder builder, Predicate<String> isPaused, boolean startedWithProgram, Clock clock) {
        // How far it has come is to be seen soon, also where there was nothing to do.
        super(builder.claimExtensionThreshold(1000), isPaused);
        this.startedWithProgram = startedWithProgram;
        this.clock = clock;
    }

    @Override
    public void registerLifecycleHandlers(Lifecycle.LifecycleRegistry registry) {
        if (startedWithProgram) {
            super.registerLifecycleHandlers(registry);
        } else {
            registry.onShutdown(Phase.INBOUND_EVENT_CONNECTORS, this::shutdownAsync);
        }
    }

    @Override
    protected void processInUnitOfWork(
            List<? extends EventMessage<?>> events,
            UnitOfWork<? extends EventMessage<?>> unitOfWork,
            Collection<Segment> segments)
            throws Exception {
        super.processInUnitOfWork(events, unitOfWork, segments);
        if (isFresh(events.get(events.size() - 1))) {
            LockSupport.parkNanos(gathering.nanosAfter(events.size(), System.nanoTime()));
        }
    }

    private boolean isFresh(EventMessage<?> event) {
        return event.getTimestamp().plus(FRESH).isAfter(clock.instant());
    }

    /** Projections send nothing, so what they handle is handed on to nobody: to gather that would be in vain. */
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
