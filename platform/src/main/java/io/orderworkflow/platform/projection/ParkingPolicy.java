package io.orderworkflow.platform.projection;

import io.orderworkflow.platform.batch.TransientFaults;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.EnqueuePolicy;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.jspecify.annotations.Nullable;

/** Parks an event that could not be handled, unless the fault is one that passes: then its whole batch is aborted. */
final class ParkingPolicy implements EnqueuePolicy<EventMessage<?>> {

    /** How often the event was tried, among the diagnostics of its letter. */
    static final String TRIES = "tries";

    @Override
    public EnqueueDecision<EventMessage<?>> decide(DeadLetter<? extends EventMessage<?>> letter, Throwable cause) {
        if (TransientFaults.isTransient(cause)) {
            // There is no decision for this: "do not enqueue" would skip the event.
            throw new BatchAbortedException(cause);
        }
        int tries = Integer.parseInt((String) letter.diagnostics().getOrDefault(TRIES, "0")) + 1;
        return Decisions.enqueue(causeOf(cause), parked -> parked.diagnostics().and(TRIES, Integer.toString(tries)));
    }

    private static ThrowableCause causeOf(Throwable cause) {
        return new ThrowableCause(cause.getClass().getName(), storable(cause.getMessage()));
    }

    /** PostgreSQL stores no NUL in a text: an event whose letter cannot be written would stop everything. */
    private static @Nullable String storable(@Nullable String message) {
        return message == null ? null : message.replace('\0', ' ');
    }

    /** The batch was given up for a fault that passes; its processor handles it again. */
    static final class BatchAbortedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BatchAbortedException(Throwable cause) {
            super("a fault that passes: " + cause.getMessage(), cause);
        }
    }
}
