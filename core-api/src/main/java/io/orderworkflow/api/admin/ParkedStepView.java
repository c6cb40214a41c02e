package io.orderworkflow.api.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of an order's way that failed, with what was done about it. All later events of the order wait behind it, in
 * order.
 *
 * @param orderId the order; for an event that cannot be read, and so tells of no order, its aggregate
 * @param process which of the order's processes, such as {@code OrderProcessingSaga}
 * @param event the event that could not be handled: its logical name
 * @param eventId that event's identifier
 * @param state whether it is tried again by itself
 * @param since when it failed first
 * @param failedAt when it failed last
 * @param attempts how often it was tried
 * @param cause the kind of failure, the same for all that fail for the same reason: the code of a refusal, or the name
 *     of an error
 * @param message all that is known of the failure
 * @param nextTryAt when it is tried again by itself; {@code null} where it is not
 * @param waitingEvents how many later events wait behind it
 * @param actions what operators did about the order's parked steps, the latest first
 */
public record ParkedStepView(
        String orderId,
        String process,
        String event,
        String eventId,
        ParkedStepState state,
        Instant since,
        Instant failedAt,
        int attempts,
        String cause,
        String message,
        @Nullable Instant nextTryAt,
        long waitingEvents,
        List<ParkedStepAction> actions) {}
