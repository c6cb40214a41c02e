package io.orderworkflow.platform.projection;

import io.orderworkflow.platform.batch.Savepoints;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.jspecify.annotations.Nullable;

/** Lets the event handlers of projections take part in a {@link ProjectionBatch}. */
final class ProjectionHandlers implements HandlerEnhancerDefinition {

    private final Supplier<EventProcessingConfiguration> processing;
    private final Supplier<Savepoints> savepoints;

    /**
     * Creates the definition.
     *
     * @param processing asked when the first event is handled
     * @param savepoints asked when the first event is handled
     */
    ProjectionHandlers(Supplier<EventProcessingConfiguration> processing, Supplier<Savepoints> savepoints) {
        this.processing = processing;
        this.savepoints = savepoints;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        return Projection.class.isAssignableFrom(original.declaringClass())
                        && original.canHandleMessageType(EventMessage.class)
                ? new ProjectionHandler<>(original)
                : original;
    }

    /** A handler of a projection. */
    private final class ProjectionHandler<T> extends WrappedMessageHandlingMember<T> {

        ProjectionHandler(MessageHandlingMember<T> handler) {
            super(handler);
        }

        @Override
        public @Nullable Object handle(Message<?> message, @Nullable T target) throws Exception {
            ProjectionBatch batch = ProjectionBatch.current(unitOfWork -> processorOf(unitOfWork, target), savepoints);
            return batch != null
                    ? batch.handle(() -> super.handle(message, target))
                    : ProjectionBatch.handleAlone(() -> super.handle(message, target), savepoints.get());
        }

        private Optional<ProjectionBatch.Processor> processorOf(
                BatchingUnitOfWork<?> unitOfWork, @Nullable T projection) {
            return Optional.ofNullable((Projection) projection)
                    .flatMap(found -> processing
                            .get()
                            .eventProcessor(found.generation().processor(), PooledStreamingEventProcessor.class))
                    .flatMap(processor -> segmentIdOf(unitOfWork, processor)
                            .map(segmentId -> new ProjectionBatch.Processor(
                                    processor.getName(),
                                    segmentId,
                                    processor.eventHandlerInvoker(),
                                    processing.get().tokenStore(processor.getName()))));
        }

        private static Optional<Integer> segmentIdOf(
                BatchingUnitOfWork<?> unitOfWork, PooledStreamingEventProcessor processor) {
            return Optional.ofNullable(unitOfWork.getResource(ProjectionBatch.segmentIdResource(processor.getName())));
        }
    }
}
