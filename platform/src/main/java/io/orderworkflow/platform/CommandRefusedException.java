package io.orderworkflow.platform;

import io.orderworkflow.api.Refusal;
import org.axonframework.commandhandling.CommandExecutionException;

/**
 * A rule forbids what a person asked for. Thrown by command handlers; whoever sent the command finds the
 * {@link Refusal} in the details of the exception, in the same process as well as through Axon Server. What a process
 * asks is not refused in this way but by an event.
 */
public final class CommandRefusedException extends CommandExecutionException {

    private static final long serialVersionUID = 1L;

    /** Refuses for a rule, in words fit for whoever asked. */
    public CommandRefusedException(Refusal.Code code, String message) {
        super(message, null, new Refusal(code, message));
    }
}
