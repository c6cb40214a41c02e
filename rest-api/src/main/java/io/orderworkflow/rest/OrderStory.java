package io.orderworkflow.rest;

import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import io.orderworkflow.api.order.Workflow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells in one text what became of an order and what it waits for, to a person who has to answer for it. */
final class OrderStory {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What was asked of the provider is not told: its answer follows, or is waited for. */
    private static final Set<String> UNTOLD =
            Set.of("PaymentRequested", "CaptureRequested", "VoidRequested", "RefundRequested");

    private OrderStory() {}

    static String of(OrderTimeline timeline, List<Workflow> open) {
        LocalDate[] told = {null};
        Stream<String> happened = timeline.entries().stream()
                .filter(entry -> !UNTOLD.contains(entry.type()))
                .map(entry -> {
                    LocalDate day = entry.at().atOffset(ZoneOffset.UTC).toLocalDate();
                    boolean sameDay = day.equals(told[0]);
                    told[0] = day;
                    return tell(entry, sameDay);
                });
        return Stream.concat(happened, open.stream().map(OrderStory::tell)).collect(Collectors.joining("; "));
    }

    private static String tell(Entry entry, boolean sameDay) {
        return "%s at %s".formatted(entry.text(), (sameDay ? TIME : DAY_AND_TIME).format(entry.at()));
    }

    private static String tell(Workflow workflow) {
        StringBuilder told = new StringBuilder(workflow.refundId() == null ? "" : "a refund ")
                .append("waits for ")
                .append(workflow.waitingFor());
        Instant deadline = workflow.nextDeadline();
        if (deadline != null) {
            told.append(" until ").append(DAY_AND_TIME.format(deadline));
        }
        if (workflow.attempts() > 1) {
            told.append(", asked ").append(workflow.attempts()).append(" times");
        }
        if (workflow.reason() != null) {
            told.append(", because of: ").append(workflow.reason());
        }
        return told.toString();
    }
}
