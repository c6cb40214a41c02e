package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * An operator has failed steps tried again at once: those of an order, or all that failed for one reason. Answered by
 * how many these are; refused with {@code UNKNOWN} if there are none. Recorded with who asked.
 *
 * @param orderId the order; {@code null} for any
 * @param cause the reason that they failed for; {@code null} for any
 */
public record RetryParkedSteps(
        @Nullable String orderId, @Nullable String cause) {

    /** Any node may handle it; those for the same steps had better go to the same. */
    @RoutingKey
    String routingKey() {
        return orderId + "/" + cause;
    }
}
