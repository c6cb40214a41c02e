package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * An operator gives up failed steps: those of an order, or all that failed for one reason. The event that could not be
 * handled is left out, and those behind it are handled, or are left out as well. Answered by how many steps these are;
 * refused with {@code UNKNOWN} if there are none. Recorded with who asked and why.
 *
 * @param orderId the order; {@code null} for any
 * @param cause the reason that they failed for; {@code null} for any
 * @param all whether the events behind are left out as well
 * @param reason why, in the operator's words; up to 200 characters
 */
public record DiscardParkedSteps(
        @Nullable String orderId, @Nullable String cause, boolean all, String reason) {

    /** Any node may handle it; those for the same steps had better go to the same. */
    @RoutingKey
    String routingKey() {
        return orderId + "/" + cause;
    }
}
