package io.orderworkflow.console;

import static io.orderworkflow.console.SampleOrders.PLACED_AT;
import static io.orderworkflow.console.SampleOrders.orderId;

import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import io.orderworkflow.api.order.WorkflowSteps.Command;
import io.orderworkflow.api.order.WorkflowSteps.Step;
import java.util.List;
import java.util.Map;

/** What happened to the first of the {@link SampleOrders}, until its payment is authorised. */
final class SampleHistory {

    private static final String ORDER = orderId(1).toString();
    private static final String PAYMENT = PaymentId.forOrder(orderId(1)).toString();

    private SampleHistory() {}

    static List<Entry> entries() {
        return List.of(
                entry(1, "OrderPlaced", "Order", ORDER, 0, "command-1", "order placed", Map.of("orderId", ORDER)),
                entry(
                        2,
                        "StockReserved",
                        "StockItem",
                        "stock:CUP-WHITE",
                        7,
                        "command-2",
                        "2 × CUP-WHITE set aside",
                        Map.of("sku", "CUP-WHITE", "quantity", 2)),
                entry(3, "PaymentRequested", "Payment", PAYMENT, 0, "command-3", "payment asked for", Map.of()),
                entry(
                        4,
                        "PaymentAuthorized",
                        "Payment",
                        PAYMENT,
                        1,
                        "command-4",
                        "payment authorised",
                        Map.of("attempts", List.of("no answer", "done"))));
    }

    static List<Step> steps() {
        return List.of(
                step(
                        "event-1",
                        "RESERVATION",
                        "asked for CUP-WHITE; waits for the stock until 18:44:23",
                        new Command("ReserveStock", "CUP-WHITE", "answered", "command-2")),
                step(
                        "event-2",
                        "AUTHORIZATION",
                        "asked for the payment",
                        new Command("AuthorizePayment", PAYMENT, "answered", "command-3")));
    }

    static Entry entry(
            int number,
            String type,
            String aggregateType,
            String aggregateId,
            long sequence,
            String causationId,
            String text,
            Map<String, Object> payload) {
        return new Entry(
                number,
                PLACED_AT.plusMillis(100L * number),
                type,
                aggregateType,
                aggregateId,
                sequence,
                "event-" + number,
                causationId,
                "request-1",
                text,
                payload);
    }

    static Step step(String eventId, String state, String text, Command... commands) {
        return new Step(
                PLACED_AT,
                null,
                "",
                eventId,
                state,
                text,
                Map.of(),
                List.of(commands),
                PLACED_AT.plusSeconds(30),
                false,
                null,
                12,
                null,
                null);
    }
}
