package io.orderworkflow.console;

import io.orderworkflow.api.order.OrderTimeline.Entry;
import io.orderworkflow.api.order.WorkflowSteps.Command;
import io.orderworkflow.api.order.WorkflowSteps.Step;
import io.orderworkflow.console.Cause.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What caused what on an order's way, across all aggregates: an event names the command that caused it, the record of
 * the saga's steps names the event of each step and the commands that it sent. What neither tells is who else sends
 * commands: people, deadlines, and the processor that brings the payment provider's answers; by what they ask for,
 * there is no doubt.
 */
final class Causation {

    private static final Map<String, String> ASKED_BY = Map.ofEntries(
            Map.entry("OrderPlaced", "PlaceOrder"),
            Map.entry("OrderCancellationRequested", "RequestOrderCancellation"),
            Map.entry("OrderRefundRequested", "RequestRefund"),
            Map.entry("OrderShipped", "ShipOrder"),
            Map.entry("OrderDelivered", "DeliverOrder"),
            Map.entry("OrderNudged", "NudgeOrder"),
            Map.entry("RefundNudged", "NudgeRefund"),
            Map.entry("OrderStepExpired", "ExpireOrderStep"),
            Map.entry("RefundAttemptExpired", "ExpireRefundAttempt"),
            Map.entry("PaymentAuthorized", "RecordAuthorization"),
            Map.entry("PaymentDeclined", "RecordAuthorization"),
            Map.entry("PaymentCaptured", "RecordCapture"),
            Map.entry("PaymentCaptureFailed", "RecordCapture"),
            Map.entry("PaymentVoided", "RecordVoid"),
            Map.entry("PaymentRefunded", "RecordRefund"),
            Map.entry("PaymentRefundFailed", "RecordRefund"));

    private static final Map<String, Set<String>> PROVIDER_ANSWERS = Map.of(
            "PaymentRequested", Set.of("PaymentAuthorized", "PaymentDeclined"),
            "CaptureRequested", Set.of("PaymentCaptured", "PaymentCaptureFailed"),
            "VoidRequested", Set.of("PaymentVoided"),
            "RefundRequested", Set.of("PaymentRefunded", "PaymentRefundFailed"));

    private static final Set<String> EXPIRIES = Set.of("OrderStepExpired", "RefundAttemptExpired");

    private final List<Cause> roots = new ArrayList<>();
    private final Map<String, Cause> commands = new HashMap<>();
    private final Map<String, Cause> lastOfType = new HashMap<>();
    private final Map<String, List<Step>> stepsByEvent = new HashMap<>();
    private @Nullable Cause lastStep;

    private Causation(List<Step> steps) {
        steps.forEach(step -> stepsByEvent
                .computeIfAbsent(step.eventId(), eventId -> new ArrayList<>())
                .add(step));
    }

    /** The beginnings, each with all that followed from it. */
    static List<Cause> of(List<Entry> entries, List<Step> steps) {
        Causation causation = new Causation(steps);
        // Oldest first: what causes an event has been seen before it.
        entries.forEach(causation::add);
        return causation.roots;
    }

    private void add(Entry entry) {
        Cause event = new Cause(Kind.EVENT, entry.type(), entry.aggregateType(), entry.text(), entry.sequence());
        causeOf(entry).causes(event);
        lastOfType.put(entry.type(), event);
        for (Step step : stepsByEvent.getOrDefault(entry.eventId(), List.of())) {
            event.causes(taken(step));
        }
    }

    private Cause taken(Step step) {
        String text = Told.textOf(step) + (step.failure() == null ? "" : "; failed: " + step.failure());
        Cause taken =
                new Cause(Kind.STEP, step.refundId() == null ? "Order saga" : "Refund saga", step.step(), text, null);
        for (Command command : step.commands()) {
            Cause sent = new Cause(Kind.COMMAND, command.command(), brief(command.to()), command.ended(), null);
            taken.causes(sent);
            if (command.commandId() != null) {
                commands.put(command.commandId(), sent);
            }
        }
        lastStep = taken;
        return taken;
    }

    private static String brief(String target) {
        return target.length() == 36 ? target.substring(0, 8) : target;
    }

    private Cause causeOf(Entry entry) {
        String causationId = Objects.requireNonNullElse(entry.causationId(), "unknown");
        return commands.computeIfAbsent(causationId, unknown -> {
            Cause command = new Cause(
                    Kind.COMMAND, ASKED_BY.getOrDefault(entry.type(), "a command"), entry.aggregateType(), "", null);
            beginning(entry, command);
            return command;
        });
    }

    /** Where a command comes from that no step has sent. */
    private void beginning(Entry entry, Cause command) {
        Cause asked = PROVIDER_ANSWERS.entrySet().stream()
                .filter(answers -> answers.getValue().contains(entry.type()))
                .map(answers -> lastOfType.get(answers.getKey()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (asked != null) {
            asked.causes(new Cause(Kind.PROVIDER, "Payment provider", null, calls(entry), null).causes(command));
        } else if (EXPIRIES.contains(entry.type()) && lastStep != null) {
            lastStep.causes(new Cause(Kind.DEADLINE, "Deadline", null, "ran out", null).causes(command));
        } else {
            roots.add(command);
        }
    }

    private static String calls(Entry answer) {
        return answer.payload().get("attempts") instanceof List<?> attempts && attempts.size() > 1
                ? "was called " + attempts.size() + " times"
                : "was called";
    }
}
