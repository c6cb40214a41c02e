package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of an order's way: what was done on every event and deadline.
 *
 * @param orderId the order
 * @param steps what was done, oldest first
 * @param open what has not come to its end
 */
public record WorkflowSteps(OrderId orderId, List<Step> steps, List<Workflow> open) {

    /** Creates the record. */
    public WorkflowSteps {
        steps = List.copyOf(steps);
        open = List.copyOf(open);
    }

    /**
     * What was done on one event.
     *
     * @param at when
     * @param refundId the refund whose way it is on; {@code null} for the order's own
     * @param event the event's logical name
     * @param eventId the event
     * @param step where the way stands after it
     * @param text what was done, in words for a person
     * @param changes what changed in the state, field by field: before and after
     * @param commands what was asked of whom, and how that ended
     * @param deadline until when it waits from then on; {@code null} if that did not change
     * @param deadlineCancelled whether it has no deadline from then on
     * @param failure why none of this was kept; {@code null} if it was
     * @param micros how long the handling took, in microseconds, without the commands
     * @param correlationId the request at the beginning of it all
     * @param traceId the trace that it belongs to, if it was traced
     */
    public record Step(
            Instant at,
            @Nullable RefundId refundId,
            String event,
            String eventId,
            @Nullable String step,
            String text,
            Map<String, Object> changes,
            List<Command> commands,
            @Nullable Instant deadline,
            boolean deadlineCancelled,
            @Nullable String failure,
            long micros,
            @Nullable String correlationId,
            @Nullable String traceId) {

        /** Creates the step. */
        public Step {
            commands = List.copyOf(commands);
        }
    }

    /**
     * A command that was sent.
     *
     * @param command its logical name
     * @param to who was asked: the aggregate's identifier
     * @param ended how it ended: {@code answered}, or what went wrong
     * @param commandId the command, as what it caused names it; {@code null} where that was not recorded yet
     */
    public record Command(
            String command,
            String to,
            String ended,
            @Nullable String commandId) {}
}
