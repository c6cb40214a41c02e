package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The way of an order, or of a refund of one, that has not come to its end.
 *
 * @param orderId the order
 * @param refundId the refund; {@code null} for the order's own way
 * @param step where it stands: one of {@link OrderStep}, or {@code REFUND}; {@code null} where its very first event
 *     could not be handled
 * @param waitingFor what it waits for, in words for a person
 * @param since since when it stands there; where it is parked, since when it cannot go on
 * @param nextDeadline when it acts by itself; {@code null} where it does not
 * @param attempts how often it asked for what it waits for, nudges included
 * @param waitsForPerson whether it goes on only if a person does something
 * @param parked whether an event of it could not be handled, so that its later events wait
 * @param stuck whether somebody should look at it: it is past its deadline, has asked too often, waits for a person, or
 *     is parked
 * @param reason why it waits, where somebody refused or something failed
 */
public record Workflow(
        OrderId orderId,
        @Nullable RefundId refundId,
        @Nullable String step,
        String waitingFor,
        Instant since,
        @Nullable Instant nextDeadline,
        int attempts,
        boolean waitsForPerson,
        boolean parked,
        boolean stuck,
        @Nullable String reason) {}
