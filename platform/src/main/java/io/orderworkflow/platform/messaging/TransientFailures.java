package io.orderworkflow.platform.messaging;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.Unavailable;
import io.orderworkflow.platform.batch.TransientFaults;
import java.util.Optional;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/** Tells what the failure of a command means. */
public final class TransientFailures {

    private TransientFailures() {}

    /**
     * The refusal that a command failed with, if it was refused. A failure without one means that the outcome is
     * unknown, or that the command was not delivered.
     */
    public static Optional<Refusal> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HandlerExecutionException execution) {
                Optional<Refusal> refusal =
                        execution.getDetails().filter(Refusal.class::isInstance).map(Refusal.class::cast);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the command was not handled, for a reason that passes: asking again soon is right. */
    public static boolean isUndelivered(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoHandlerForCommandException
                    || cause instanceof CommandDispatchException
                    || cause instanceof AxonServerCommandDispatchException
                    || cause instanceof ConcurrencyException
                    || cause instanceof AggregateStreamCreationException
                    || Unavailable.toldBy(cause)
                            .filter(Unavailable.NOTHING_DONE::equals)
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** What a process that may be another one has to know of a failure, if that passes. */
    static Optional<Unavailable> unavailable(Throwable failure) {
        if (refusal(failure).isPresent()) {
            return Optional.empty();
        }
        if (isUndelivered(failure)) {
            return Optional.of(Unavailable.NOTHING_DONE);
        }
        return TransientFaults.isTransient(failure) ? Optional.of(Unavailable.OUTCOME_UNKNOWN) : Optional.empty();
    }
}
