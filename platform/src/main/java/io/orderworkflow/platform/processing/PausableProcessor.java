package io.orderworkflow.platform.processing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.messaging.GenericResultMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A processor that runs when the program wants it to, unless an operator has paused it, and that knows what its segments
 * fail with. Axon's own status forgets a failure as soon as the segment is given up, which is at once.
 */
class PausableProcessor extends PooledStreamingEventProcessor {

    private static final Logger log = LoggerFactory.getLogger(PausableProcessor.class);

    /** As long as a list can bear: the log has the rest. */
    private static final int LONGEST_MESSAGE = 1000;

    /** Nobody asks for what an event handler returned; else Axon would make a message of it, with everything in it. */
    private static final ResultMessage<?> HANDLED = GenericResultMessage.asResultMessage((Object) null);

    private final Predicate<String> isPaused;
    private final Map<Integer, String> failures = new ConcurrentHashMap<>();
    /** Which types of events somebody handles: asked of every handler once, and not for each event that nobody does. */
    private final Map<Class<?>, Boolean> handled = new ConcurrentHashMap<>();

    private boolean started;
    private boolean paused;

    /**
     * Creates the processor.
     *
     * @param isPaused asked when it is started: one that is paused must not handle anything before it is told so
     */
    PausableProcessor(Builder builder, Predicate<String> isPaused) {
        super(builder);
        this.isPaused = isPaused;
        // It stays for as long as the processor does.
        var unused = super.registerHandlerInterceptor((unitOfWork, handlers) -> handled(handlers));
    }

    private static ResultMessage<?> handled(InterceptorChain handlers) throws Exception {
        handlers.proceed();
        return HANDLED;
    }

    @Override
    public synchronized void start() {
        started = true;
        paused = isPaused.test(getName());
        if (paused) {
            log.info("{} is paused, and not started", getName());
        } else {
            super.start();
        }
    }

    @Override
    public synchronized CompletableFuture<Void> shutdownAsync() {
        started = false;
        return super.shutdownAsync();
    }

    /**
     * Does what the operator wants.
     *
     * @throws IllegalStateException if it cannot go on yet, because it has not come to its end
     */
    synchronized void obey(boolean pause) {
        if (!started || pause == paused) {
            return;
        }
        if (pause) {
            log.info("{} is paused", getName());
            var unused = super.shutdownAsync();
        } else {
            super.start();
            log.info("{} goes on", getName());
        }
        paused = pause;
    }

    /** What segments fail with that have not got on since, by number. */
    Map<Integer, String> failures() {
        return Map.copyOf(failures);
    }

    @Override
    protected boolean canHandle(EventMessage<?> event, Segment segment) throws Exception {
        return handled.computeIfAbsent(event.getPayloadType(), super::canHandleType) && super.canHandle(event, segment);
    }

    @Override
    protected void processInUnitOfWork(
            List<? extends EventMessage<?>> events,
            UnitOfWork<? extends EventMessage<?>> unitOfWork,
            Collection<Segment> segments)
            throws Exception {
        try {
            super.processInUnitOfWork(events, unitOfWork, segments);
            segments.forEach(segment -> failures.remove(segment.getSegmentId()));
        } catch (Exception failure) {
            if (!isLostClaim(failure)) {
                segments.forEach(segment -> failures.put(segment.getSegmentId(), inWords(failure)));
            }
            throw failure;
        }
    }

    /** Somebody else goes on with it: that is no failure. */
    private static boolean isLostClaim(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnableToClaimTokenException) {
                return true;
            }
        }
        return false;
    }

    private static String inWords(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        // PostgreSQL stores no NUL in a text.
        String message = (cause.getClass().getSimpleName() + ": " + cause.getMessage()).replace('\0', ' ');
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }
}
