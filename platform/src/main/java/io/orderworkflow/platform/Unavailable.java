package io.orderworkflow.platform;

import java.util.Optional;
import org.axonframework.messaging.HandlerExecutionException;

/**
 * That something could not be done now, though it may be later. It travels as the details of an exception: nothing else
 * of an exception reaches the process that asked, where the one that failed is another.
 */
public enum Unavailable {
    /** It was not begun. */
    NOTHING_DONE,
    /** It may have been done. */
    OUTCOME_UNKNOWN;

    /** What a failure says of itself. */
    public static Optional<Unavailable> toldBy(Throwable failure) {
        return failure instanceof HandlerExecutionException execution
                ? execution.getDetails().filter(Unavailable.class::isInstance).map(Unavailable.class::cast)
                : Optional.empty();
    }
}
