package io.orderworkflow.platform.projection;

import io.orderworkflow.platform.batch.Savepoints;
import io.orderworkflow.platform.batch.Savepoints.Savepoint;
import io.orderworkflow.platform.batch.TransientFaults;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch of events that projections handle.
 *
 * <p>First its events are handled together: handlers gather changes, which are written at once when the batch is about
 * to commit. Should a handler or the writing fail for a reason that will not pass, everything is rolled back to the
 * beginning of the batch, and its events are handled again, one by one, each with a savepoint and its changes written at
 * once. So the failure belongs to one event, which the invoker then parks, and the rest of the batch commits with its
 * letter. A fault that passes aborts the batch, whose processor tries it again.
 */
final class ProjectionBatch {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionBatch.class);
    private static final String RESOURCE = ProjectionBatch.class.getName();

    private final BatchingUnitOfWork<?> unitOfWork;
    private final Processor processor;
    private final Savepoints savepoints;
    private final Message<?> first;
    private final Savepoint beginning;
    private Mode mode = Mode.TOGETHER;
    private @Nullable Exception failure;

    private ProjectionBatch(BatchingUnitOfWork<?> unitOfWork, Processor processor, Savepoints savepoints) {
        this.unitOfWork = unitOfWork;
        this.processor = processor;
        this.savepoints = savepoints;
        this.first = unitOfWork.getMessage();
        this.beginning = savepoints.set();
    }

    /**
     * The batch that is being handled; {@code null} where there is none, as when a letter is tried again.
     *
     * @param processor finds out who handles the batch of a unit of work
     */
    static @Nullable ProjectionBatch current(
            Function<BatchingUnitOfWork<?>, Optional<Processor>> processor, Supplier<Savepoints> savepoints) {
        if (!(CurrentUnitOfWork.get() instanceof BatchingUnitOfWork<?> unitOfWork)) {
            return null;
        }
        ProjectionBatch batch = unitOfWork.getResource(RESOURCE);
        return batch != null
                ? batch
                : processor
                        .apply(unitOfWork)
                        .map(found -> begin(unitOfWork, found, savepoints.get()))
                        .orElse(null);
    }

    private static ProjectionBatch begin(BatchingUnitOfWork<?> unitOfWork, Processor processor, Savepoints savepoints) {
        ProjectionBatch batch = new ProjectionBatch(unitOfWork, processor, savepoints);
        unitOfWork.resources().put(RESOURCE, batch);
        unitOfWork.onPrepareCommit(committing -> batch.complete());
        return batch;
    }

    @Nullable
    Object handle(Callable<@Nullable Object> handler) throws Exception {
        return switch (mode) {
            case TOGETHER -> handleTogether(handler);
            case FAILED -> null; // All of the batch is going to be handled again.
            case ONE_BY_ONE -> handleAlone(handler, savepoints);
        };
    }

    private @Nullable Object handleTogether(Callable<@Nullable Object> handler) throws Exception {
        try {
            return handler.call();
        } catch (Exception failed) {
            if (TransientFaults.isTransient(failed)) {
                throw failed;
            }
            fail(failed);
            return null;
        }
    }

    /** Handles an event, and writes its changes, or else leaves nothing of it behind. */
    static @Nullable Object handleAlone(Callable<@Nullable Object> handler, Savepoints savepoints) throws Exception {
        Savepoint before = savepoints.set();
        try {
            Object result = handler.call();
            PendingChanges.ofCurrentBatch().write();
            before.release();
            return result;
        } catch (Exception failed) {
            PendingChanges.ofCurrentBatch().discard();
            before.rollBack();
            throw failed;
        }
    }

    private void fail(Exception cause) {
        mode = Mode.FAILED;
        failure = cause;
    }

    private void complete() {
        if (mode == Mode.TOGETHER) {
            writeTogether();
        }
        if (mode == Mode.FAILED) {
            rollBack();
            mode = Mode.ONE_BY_ONE;
            handleOneByOne();
        }
    }

    private void writeTogether() {
        try {
            PendingChanges.ofCurrentBatch().write();
            beginning.release();
        } catch (RuntimeException failed) {
            if (TransientFaults.isTransient(failed)) {
                throw failed;
            }
            fail(failed);
        }
    }

    private void rollBack() {
        PendingChanges.ofCurrentBatch().discard();
        beginning.rollBack();
        // The processor had stored it already.
        processor
                .tokens()
                .storeToken(
                        unitOfWork.getResource(tokenResource(processor.name())),
                        processor.name(),
                        processor.segmentId());
    }

    private void handleOneByOne() {
        List<? extends Message<?>> events = unitOfWork.getMessages();
        List<? extends Message<?>> undone = events.subList(events.indexOf(first), events.size());
        Segment segment = processor.segment();
        LOG.info("{} handles {} events one by one, as together they failed", processor.name(), undone.size(), failure);
        for (Message<?> event : undone) {
            try {
                processor.invoker().handle((EventMessage<?>) event, segment);
            } catch (RuntimeException failed) {
                throw failed;
            } catch (Exception failed) {
                throw new UndeclaredThrowableException(failed);
            }
        }
    }

    private enum Mode {
        TOGETHER,
        FAILED,
        ONE_BY_ONE
    }

    /** Where the processor of that name leaves the segment in the units of work of its batches. */
    static String segmentIdResource(String processor) {
        return "Processor[" + processor + "]/SegmentId";
    }

    /** Where the processor of that name leaves the token to be stored in the units of work of its batches. */
    static String tokenResource(String processor) {
        return "Processor[" + processor + "]/Token";
    }

    /**
     * Who handles the batch.
     *
     * @param name name of the processor
     * @param segmentId the segment that the batch is of
     * @param invoker hands events to their handlers, and parks those that fail
     * @param tokens where the processor stores how far it has come
     */
    record Processor(String name, int segmentId, EventHandlerInvoker invoker, TokenStore tokens) {

        /** Read from the tokens: the processor's own status knows a segment only after its first batch. */
        private Segment segment() {
            return Segment.computeSegment(segmentId, tokens.fetchSegments(name));
        }
    }
}
