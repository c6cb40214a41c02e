package io.orderworkflow.saga;

import io.orderworkflow.api.order.WorkflowSteps.Command;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what was done in a step, in words that a person understands who knows nothing of sagas. */
final class StepWords {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> TIMES = List.of("second", "third", "fourth", "fifth", "sixth");

    /** What a command asks for; {@code %s} are those that it is asked of. */
    private static final Map<String, String> ASKED = Map.ofEntries(
            Map.entry("ReserveStock", "asked for %s to be set aside"),
            Map.entry("ReleaseStock", "asked for %s to be given back"),
            Map.entry("DebitStock", "asked for %s to be taken out of stock"),
            Map.entry("RestockReturned", "asked for %s to be put back on the shelves"),
            Map.entry("AuthorizePayment", "asked for the payment to be authorised"),
            Map.entry("CapturePayment", "asked for the money to be taken"),
            Map.entry("VoidPayment", "asked for the payment to be undone"),
            Map.entry("RefundPayment", "asked for the money to be given back"),
            Map.entry("ConfirmOrder", "confirmed the order"),
            Map.entry("RejectOrder", "rejected the order"),
            Map.entry("CancelOrder", "cancelled the order"));

    private StepWords() {}

    static String of(
            List<Command> commands,
            int attempts,
            @Nullable String awaited,
            @Nullable Instant deadline,
            @Nullable String failure) {
        List<String> said = new ArrayList<>();
        asked(commands)
                .forEach((command, targets) ->
                        said.add(ASKED.getOrDefault(command, "sent " + command).formatted(String.join(", ", targets))));
        if (!commands.isEmpty() && attempts > 1) {
            said.add("asked again (%s time)".formatted(ordinal(attempts)));
        }
        commands.stream()
                .filter(command -> !command.ended().equals("answered"))
                .forEach(command ->
                        said.add("%s to %s: %s".formatted(command.command(), command.to(), command.ended())));
        if (failure != null) {
            said.add("nothing of this was kept: " + failure);
        } else if (deadline != null && awaited != null) {
            said.add("waits for %s until %s".formatted(awaited, TIME.format(deadline)));
        } else if (said.isEmpty()) {
            said.add(
                    awaited == null || awaited.isEmpty()
                            ? "nothing more to wait for"
                            : "goes on waiting for " + awaited);
        }
        return String.join("; ", said);
    }

    private static Map<String, List<String>> asked(List<Command> commands) {
        Map<String, List<String>> asked = new LinkedHashMap<>();
        commands.forEach(command -> asked.computeIfAbsent(command.command(), name -> new ArrayList<>())
                .add(command.to()));
        return asked;
    }

    private static String ordinal(int times) {
        return times - 2 < TIMES.size() ? TIMES.get(times - 2) : times + "th";
    }
}
