package io.orderworkflow.simulator;

import io.orderworkflow.platform.projection.EventSequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.jspecify.annotations.Nullable;

/**
 * One segment of the event processor of the sagas: handles a batch of events, sends its commands, waits for their answers, and
 * commits the token together with all else; or rolls all of it back and does it again.
 */
final class SagaProcessor {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final List<AnnotatedSagaManager<?>> managers;
    private final Segment segment;
    private final EventLog log;
    private int position;
    private Instant retryAt = Instant.MIN;
    private @Nullable Running running;

    SagaProcessor(List<AnnotatedSagaManager<?>> managers, Segment segment, EventLog log) {
        this.managers = managers;
        this.segment = segment;
        this.log = log;
    }

    boolean isRunning() {
        return running != null;
    }

    /** Whether it waits for nothing any more but its commit. */
    boolean canCommit() {
        return running != null && running.sent.stream().allMatch(parcel -> parcel.answer.isDone());
    }

    boolean canBegin(Instant now) {
        if (running != null || retryAt.isAfter(now)) {
            return false;
        }
        while (position < log.size() && !canHandle(log.at(position))) {
            position++;
        }
        return position < log.size();
    }

    /** As in the program all events of an order are of one segment, those of its refunds as well. */
    private boolean canHandle(EventMessage<?> event) {
        return managers.stream().anyMatch(manager -> manager.canHandle(event, Segment.ROOT_SEGMENT))
                && segment.matches(EventSequence.OF_ORDER.getSequenceIdentifierFor(event));
    }

    @Nullable
    Instant retryAt(Instant now) {
        return running == null && retryAt.isAfter(now) ? retryAt : null;
    }

    /** Handles up to so many events, and sends their commands. */
    void begin(int most, Instant now) {
        List<EventMessage<?>> events = new ArrayList<>();
        int next = position;
        while (next < log.size() && events.size() < most) {
            EventMessage<?> event = log.at(next++);
            if (canHandle(event)) {
                events.add(event);
            }
        }
        BatchOfEvents batch = new BatchOfEvents(events.get(0));
        running = new Running(batch, next, new ArrayList<>());
        batch.start();
        try {
            for (EventMessage<?> event : events) {
                batch.turnTo(event);
                for (AnnotatedSagaManager<?> manager : managers) {
                    manager.handle(event, Segment.ROOT_SEGMENT);
                }
            }
            batch.prepare();
        } catch (Exception e) {
            abandon(e, now.plus(RETRY));
            if (InjectedFault.isBehind(e)) {
                retryAt = now;
                throw new InjectedFault("dies while it sends the commands of a batch");
            }
            throw new BrokenPromise("isolated: a saga fails over " + events, e);
        }
        if (running.sent.isEmpty()) {
            commit(now);
        }
    }

    /** A command of the batch was sent. */
    void sent(Parcel parcel) {
        if (running != null) {
            running.sent.add(parcel);
        }
    }

    /** Commits, or rolls back if a command failed. */
    void commit(Instant now) {
        Running committing = running;
        if (committing == null) {
            throw new IllegalStateException("there is nothing to commit");
        }
        if (committing.sent.stream().anyMatch(parcel -> parcel.answer.isCompletedExceptionally())) {
            abandon(new InjectedFault("a command of the batch failed"), now.plus(RETRY));
            return;
        }
        committing.batch.commit(() -> position = committing.end);
        running = null;
        committing.batch.follow();
    }

    /** Whatever is not committed is lost. */
    void crash(Instant now) {
        if (running != null) {
            abandon(new InjectedFault("crash"), now);
        }
    }

    private void abandon(Exception cause, Instant retry) {
        Running abandoned = running;
        running = null;
        retryAt = retry;
        if (abandoned != null) {
            abandoned.batch.abandon(cause);
        }
    }

    @Override
    public String toString() {
        Running now = running;
        return position + "/" + retryAt + "/"
                + (now == null
                        ? ""
                        : now.end
                                + now.sent.stream()
                                        .map(parcel ->
                                                parcel.answer.isDone() + "" + parcel.answer.isCompletedExceptionally())
                                        .toList()
                                        .toString());
    }

    private record Running(BatchOfEvents batch, int end, List<Parcel> sent) {}
}
