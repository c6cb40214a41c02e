package io.orderworkflow.platform.projection;

import io.orderworkflow.platform.batch.Savepoints;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotationUtils;

/** Lets the event handlers of projections take part in a {@link ProjectionBatch}. */
final class ProjectionHandlers implements HandlerEnhancerDefinition {

    private final Predicate<String> isProjectionGroup;
    private final Supplier<EventProcessingConfiguration> processing;
    private final Supplier<Savepoints> savepoints;

    /**
     * Creates the definition.
     *
     * @param isProjectionGroup whether the processing group of that name is one of projections
     * @param processing asked when the first event is handled
     * @param savepoints asked when the first event is handled
     */
    ProjectionHandlers(
            Predicate<String> isProjectionGroup,
            Supplier<EventProcessingConfiguration> processing,
            Supplier<Savepoints> savepoints) {
        this.isProjectionGroup = isProjectionGroup;
        this.processing = processing;
        this.savepoints = savepoints;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        ProcessingGroup group = AnnotationUtils.findAnnotation(original.declaringClass(), ProcessingGroup.class);
        return group != null
                        && isProjectionGroup.test(group.value())
                        && original.canHandleMessageType(EventMessage.class)
                ? new ProjectionHandler<>(original, group.value())
                : original;
    }

    /** A handler of a projection. */
    private final class ProjectionHandler<T> extends WrappedMessageHandlingMember<T> {

        private final String group;

        ProjectionHandler(MessageHandlingMember<T> handler, String group) {
            super(handler);
            this.group = group;
        }

        @Override
        public @Nullable Object handle(Message<?> message, @Nullable T target) throws Exception {
            ProjectionBatch batch = ProjectionBatch.current(this::processorOf, savepoints);
            return batch != null
                    ? batch.handle(() -> super.handle(message, target))
                    : ProjectionBatch.handleAlone(() -> super.handle(message, target), savepoints.get());
        }

        private Optional<ProjectionBatch.Processor> processorOf(BatchingUnitOfWork<?> unitOfWork) {
            return processing
                    .get()
                    .eventProcessorByProcessingGroup(group, PooledStreamingEventProcessor.class)
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
