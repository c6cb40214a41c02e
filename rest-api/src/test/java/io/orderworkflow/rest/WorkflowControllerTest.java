package io.orderworkflow.rest;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.order.FindWorkflows;
import io.orderworkflow.api.order.NudgeOrder;
import io.orderworkflow.api.order.NudgeRefund;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowSteps;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WorkflowControllerTest extends RestApiTest {

    private static final OrderId ORDER_ID = OrderId.forIdempotencyKey("key-1");
    private static final RefundId REFUND_ID = RefundId.forIdempotencyKey(ORDER_ID, "r1");
    private static final String NUDGE = "/api/admin/workflows/" + ORDER_ID + "/nudge";

    @Test
    void listsWhatWaits() {
        backend.show(workflow(null, false));

        Answer answer = get("/api/admin/workflows?stuck=true&page=1&size=50");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode item = answer.json().path("items").get(0);
        assertThat(item.path("orderId").asString()).isEqualTo(ORDER_ID.toString());
        assertThat(item.path("waitingFor").asString()).isEqualTo("the payment's authorisation");
        assertThat(item.path("nextDeadline").asString()).isEqualTo("2026-11-21T10:17:30Z");
        assertThat(item.path("reason").asString()).isEqualTo("account closed");
        assertThat(backend.queries()).containsExactly(new FindWorkflows(null, true, 1, 50));
    }

    @Test
    void listsAllUnlessOnlyTheStuckAreWanted() {
        assertThat(get("/api/admin/workflows").status()).isEqualTo(200);
        assertThat(backend.queries()).containsExactly(new FindWorkflows(null, false, 0, 20));
    }

    @Test
    void refusesAWrongPage() {
        get("/api/admin/workflows?size=201").isProblem(ProblemType.INVALID_REQUEST);
        get("/api/admin/workflows?stuck=perhaps").isProblem(ProblemType.INVALID_REQUEST);
    }

    @Test
    void nudgesAnOrder() {
        backend.show(workflow(null, false));

        assertThat(post(NUDGE, "").status()).isEqualTo(202);
        assertThat(backend.commands()).containsExactly(new NudgeOrder(ORDER_ID));
    }

    @Test
    void nudgesTheRefundsOfAnOrder() {
        backend.show(workflow(REFUND_ID, false));

        assertThat(post(NUDGE, "").status()).isEqualTo(202);
        assertThat(backend.commands()).containsExactly(new NudgeRefund(ORDER_ID, REFUND_ID));
    }

    @Test
    void nudgesNothingThatIsParked() {
        backend.show(workflow(null, true));

        post(NUDGE, "").isProblem(ProblemType.NOTHING_TO_NUDGE);
        assertThat(backend.commands()).isEmpty();
    }

    @Test
    void saysThatAnOrderWaitsForNothing() {
        backend.show(
                StubBackend.view(anOrder().withKey("key-1").of("CUP-WHITE", 1).place(), OrderStatus.CONFIRMED, 1));

        post(NUDGE, "").isProblem(ProblemType.NOTHING_TO_NUDGE);
        assertThat(backend.commands()).isEmpty();
    }

    @Test
    void knowsNoOrderThatWasNotPlaced() {
        post(NUDGE, "").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void tellsTheStoryOfAnOrder() {
        backend.show(new OrderTimeline(
                ORDER_ID,
                List.of(
                        entry(1, "OrderPlaced", "order placed"),
                        entry(2, "PaymentRequested", "payment asked for"),
                        entry(3, "PaymentDeclined", "payment declined by the provider: insufficient funds"))));
        backend.show(workflow(REFUND_ID, false));
        backend.show(new WorkflowSteps.Step(
                StubBackend.PLACED_AT,
                null,
                "OrderPlaced",
                "event-1",
                "RESERVATION",
                "asked for CUP-WHITE to be set aside",
                Map.of(),
                List.of(new WorkflowSteps.Command("ReserveStock", "CUP-WHITE", "answered", "command-1")),
                null,
                false,
                null,
                12,
                "request-1",
                null));

        JsonNode timeline = get("/api/orders/" + ORDER_ID + "/timeline").json();

        assertThat(timeline.path("story").asString())
                .isEqualTo("order placed at 2026-11-21 10:15:31; payment declined by the provider: insufficient funds"
                        + " at 10:15:33; a refund waits for the payment's authorisation until 2026-11-21 10:17:30,"
                        + " asked 3 times, because of: account closed");
        assertThat(timeline.path("steps").get(0).path("text").asString())
                .isEqualTo("asked for CUP-WHITE to be set aside");
        assertThat(timeline.path("open").get(0).path("step").asString()).isEqualTo("AUTHORIZATION");
    }

    private static OrderTimeline.Entry entry(int sequence, String type, String text) {
        return new OrderTimeline.Entry(
                sequence,
                StubBackend.PLACED_AT.plusSeconds(sequence),
                type,
                "Order",
                ORDER_ID.toString(),
                sequence,
                "event-" + sequence,
                null,
                null,
                text,
                Map.of());
    }

    private static Workflow workflow(@Nullable RefundId refundId, boolean parked) {
        return new Workflow(
                ORDER_ID,
                refundId,
                "AUTHORIZATION",
                "the payment's authorisation",
                StubBackend.PLACED_AT,
                StubBackend.PLACED_AT.plusSeconds(120),
                3,
                false,
                parked,
                true,
                "account closed");
    }
}
