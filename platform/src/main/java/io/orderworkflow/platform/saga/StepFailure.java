package io.orderworkflow.platform.saga;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.batch.PassingFaultException;
import io.orderworkflow.platform.messaging.TransientFailures;
import java.util.Optional;
import org.axonframework.commandhandling.CommandExecutionException;

/**
 * Why a step failed.
 *
 * @param cause the kind of failure, the same for all that fail for the same reason: the code of a refusal, or the name of
 *     an exception
 * @param message all that is known
 * @param passing whether it may succeed when it is simply tried again later
 */
record StepFailure(String cause, String message, boolean passing) {

    private static final int LONGEST_MESSAGE = 1000;

    static StepFailure of(Throwable failure) {
        Optional<Refusal> refusal = TransientFailures.refusal(failure);
        String cause = refusal.map(Refusal::code).map(Enum::name).orElseGet(() -> kindOf(failure));
        String message = refusal.map(refused -> failure.getMessage() + ": " + refused.message())
                .orElseGet(() -> String.valueOf(failure.getMessage()));
        return new StepFailure(cause, storable(message), PassingFaultException.isPassing(failure));
    }

    private static String kindOf(Throwable failure) {
        boolean isWrapping = failure instanceof CommandExecutionException || failure instanceof PassingFaultException;
        Throwable cause = failure.getCause();
        return isWrapping && cause != null ? kindOf(cause) : failure.getClass().getSimpleName();
    }

    /** PostgreSQL stores no NUL in a text: a failure that could not be written down would stop everything. */
    private static String storable(String message) {
        String storable = message.replace('\0', ' ');
        return storable.length() <= LONGEST_MESSAGE ? storable : storable.substring(0, LONGEST_MESSAGE);
    }
}
