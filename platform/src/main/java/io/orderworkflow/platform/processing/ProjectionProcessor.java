package io.orderworkflow.platform.processing;

import java.util.function.Predicate;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;

/** The processor of a generation of projections. */
final class ProjectionProcessor extends PausableProcessor {

    private final boolean startedWithProgram;

    /**
     * Creates the processor.
     *
     * @param isPaused asked when it is started
     * @param startedWithProgram whether it is; otherwise somebody starts it who knows when
     */
    ProjectionProcessor(Builder builder, Predicate<String> isPaused, boolean startedWithProgram) {
        // How far it has come is to be seen soon, also where there was nothing to do.
        super(builder.claimExtensionThreshold(1000), isPaused);
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
