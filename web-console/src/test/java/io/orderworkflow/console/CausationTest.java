package io.orderworkflow.console;

import static io.orderworkflow.console.SampleHistory.entry;
import static io.orderworkflow.console.SampleHistory.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import io.orderworkflow.api.order.WorkflowSteps.Command;
import io.orderworkflow.api.order.WorkflowSteps.Step;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CausationTest {

    @Test
    void leadsFromCommandToEventToStepToCommandAcrossAggregates() {
        List<Cause> causes = Causation.of(SampleHistory.entries(), SampleHistory.steps());

        assertThat(causes).hasSize(1);
        assertThat(names(causes.get(0)))
                .containsExactly(
                        "PlaceOrder",
                        "OrderPlaced",
                        "Order saga",
                        "ReserveStock",
                        "StockReserved",
                        "Order saga",
                        "AuthorizePayment",
                        "PaymentRequested",
                        "Payment provider",
                        "RecordAuthorization",
                        "PaymentAuthorized");
        assertThat(causes.get(0).chain().get(8).text()).isEqualTo("was called 2 times");
        assertThat(causes.get(0).branches()).isEmpty();
    }

    @Test
    void branchesWhereOneStepAsksSeveral() {
        List<Cause> causes = Causation.of(
                List.of(placed()),
                List.of(step(
                        "event-1",
                        "RESERVATION",
                        "asked",
                        new Command("ReserveStock", "A", "answered", "command-2"),
                        new Command("ReserveStock", "B", "answered", "command-3"))));

        assertThat(names(causes.get(0))).containsExactly("PlaceOrder", "OrderPlaced", "Order saga");
        assertThat(causes.get(0).branches()).extracting(Cause::target).containsExactly("A", "B");
        assertThat(causes.get(0).width()).isEqualTo(2);
    }

    @Test
    void tellsADeadlineThatRanOut() {
        Entry expired = entry(2, "OrderStepExpired", "Order", "order", 1, "command-9", "not in time", Map.of());

        List<Cause> causes = Causation.of(List.of(placed(), expired), List.of(step("event-1", "RESERVATION", "asked")));

        assertThat(names(causes.get(0))).endsWith("Order saga", "Deadline", "ExpireOrderStep", "OrderStepExpired");
    }

    @Test
    void tellsTheSagaOfARefundFromThatOfTheOrder() {
        Step step = step("event-1", "REQUESTED", "asked");
        Step ofRefund = new Step(
                step.at(),
                new RefundId(new UUID(0, 1)),
                step.event(),
                step.eventId(),
                step.step(),
                step.text(),
                step.changes(),
                step.commands(),
                step.deadline(),
                false,
                null,
                step.micros(),
                null,
                null);

        assertThat(names(Causation.of(List.of(placed()), List.of(ofRefund)).get(0)))
                .containsExactly("PlaceOrder", "OrderPlaced", "Refund saga");
    }

    @Test
    void beginsAnewWithWhatPeopleAskFor() {
        Entry shipped = entry(2, "OrderShipped", "Order", "order", 1, "command-9", "shipped", Map.of());

        assertThat(Causation.of(List.of(placed(), shipped), List.of()))
                .extracting(Cause::name)
                .containsExactly("PlaceOrder", "ShipOrder");
    }

    private static Entry placed() {
        return entry(1, "OrderPlaced", "Order", "order", 0, "command-1", "placed", Map.of());
    }

    private static List<String> names(Cause cause) {
        return cause.chain().stream().map(Cause::name).toList();
    }
}
