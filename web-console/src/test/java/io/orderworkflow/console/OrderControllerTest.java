package io.orderworkflow.console;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.console.SampleOrders.PLACED_AT;
import static io.orderworkflow.console.SampleOrders.order;
import static io.orderworkflow.console.SampleOrders.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.admin.FindParkedSteps;
import io.orderworkflow.api.admin.ParkedStepPage;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.api.admin.ParkedStepView;
import io.orderworkflow.api.eventstore.AggregateType;
import io.orderworkflow.api.eventstore.ReplayAggregate;
import io.orderworkflow.api.eventstore.ReplayedAggregate;
import io.orderworkflow.api.order.CancellationPlan;
import io.orderworkflow.api.order.CancellationPlan.Action;
import io.orderworkflow.api.order.FindCancellationPlan;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.FindWorkflowSteps;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowSteps;
import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.api.payment.ProviderAttempt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class OrderControllerTest extends PageTest {

    private static final OrderId ID = orderId(1);
    private static final String ADDRESS = "/console/orders/" + ID;

    @BeforeEach
    void anOrderThatWaitsForItsPayment() {
        shows(order(1, OrderStatus.RESERVED));
        answers.to(FindPayment.class, PaymentView.class, query -> payment());
        answers.to(
                FindOrderTimeline.class, OrderTimeline.class, query -> new OrderTimeline(ID, SampleHistory.entries()));
        waits(workflow(false));
        answers.to(
                FindParkedSteps.class,
                ParkedStepPage.class,
                query -> new ParkedStepPage(List.of(), Page.of(0, query.size(), 0)));
    }

    private void shows(@Nullable OrderView order) {
        answers.to(FindOrder.class, OrderView.class, query -> order);
    }

    private void waits(Workflow... open) {
        answers.to(
                FindWorkflowSteps.class,
                WorkflowSteps.class,
                query -> new WorkflowSteps(ID, SampleHistory.steps(), List.of(open)));
    }

    private static Workflow workflow(boolean parked) {
        return new Workflow(
                ID,
                null,
                "AUTHORIZATION",
                "the payment's authorisation",
                PLACED_AT,
                PLACED_AT.plusSeconds(120),
                2,
                false,
                parked,
                true,
                null);
    }

    private static PaymentView payment() {
        return new PaymentView(
                PaymentId.forOrder(ID),
                ID,
                PaymentStatus.AUTHORIZED,
                null,
                eur("19.80"),
                null,
                List.of(),
                "card",
                null,
                List.of(new ProviderAttempt(
                        ProviderAttempt.Action.AUTHORIZATION,
                        PLACED_AT,
                        ProviderAttempt.Outcome.NO_ANSWER,
                        "no answer within 1000 ms")),
                PLACED_AT,
                2);
    }

    @Test
    void drawsTheWayWithTimesAndWaits() {
        String page = page(ADDRESS).replaceAll("\\s+", " ");

        assertThat(page)
                .containsPattern("<li class=\"done\"> <b>Stock set aside</b>")
                .containsPattern("after 100 ms")
                .containsPattern("<li class=\"current\" aria-current=\"step\"> <b>Money taken</b>")
                .contains("waits for the payment&#39;s authorisation")
                .containsPattern("<li class=\"ahead\"> <b>Delivered</b>");
    }

    @Test
    void tellsWhatHappenedAndWhatCausedIt() {
        assertThat(page(ADDRESS))
                .contains("2 × CUP-WHITE set aside")
                .contains("&quot;quantity&quot; : 2")
                .contains("<b>AuthorizePayment</b>", "<b>Payment provider</b>")
                .contains("no answer within 1000 ms")
                .contains(
                        "The order waits for the payment",
                        "data-action=\"POST /api/admin/workflows/" + ID + "/nudge\"");
    }

    @Test
    void offersWhatCanBeDone() {
        assertThat(page(ADDRESS)).contains("ask-cancel").doesNotContain("ask-ship\"", "ask-refund", "ask-deliver");

        shows(order(1, OrderStatus.CONFIRMED));
        waits();

        assertThat(page(ADDRESS))
                .contains("ask-cancel", "ask-ship", "ask-refund")
                .doesNotContain("nudge");
    }

    @Test
    void showsAParkedStepAndHasItRetried() {
        waits(workflow(true));
        answers.to(
                FindParkedSteps.class,
                ParkedStepPage.class,
                query -> new ParkedStepPage(List.of(parked()), Page.of(0, query.size(), 1)));

        assertThat(page(ADDRESS))
                .contains("StockReserved could not be handled", "the stock is away")
                .contains("data-action=\"POST /api/admin/parked-steps/" + ID + "/retry\"")
                .doesNotContain("/nudge");
        assertThat(answers.asked(FindParkedSteps.class))
                .containsExactly(new FindParkedSteps(ID.toString(), null, null, 0, Page.MAX_SIZE));
    }

    private static ParkedStepView parked() {
        return new ParkedStepView(
                ID.toString(),
                "OrderProcessingSaga",
                "StockReserved",
                "event-2",
                ParkedStepState.PARKED,
                PLACED_AT,
                PLACED_AT,
                3,
                "IllegalStateException",
                "the stock is away",
                null,
                2,
                List.of());
    }

    @Test
    void showsTheWholeOrderAsItWasAfterAnEvent() {
        answersReplay(AggregateType.ORDER, Map.of("status", "PLACED", "total", "19.80 EUR"));
        answersReplay(AggregateType.PAYMENT, Map.of("status", "REQUESTED"));

        String moment = part("moment", ADDRESS + "/moment?at=3");

        assertThat(moment)
                .contains("3 of 4: PaymentRequested")
                .contains(">Requested<")
                .contains("2 set aside, 0 taken out")
                .contains("asked for the payment");
        assertThat(answers.asked(ReplayAggregate.class))
                .extracting(ReplayAggregate::aggregateType, ReplayAggregate::atSequence)
                .containsExactlyInAnyOrder(tuple(AggregateType.ORDER, 0L), tuple(AggregateType.PAYMENT, 0L));
    }

    @Test
    void takesWhatIsNoPlaceInTheTimelineForItsEnd() {
        answersReplay(AggregateType.ORDER, Map.of("status", "PLACED"));
        answersReplay(AggregateType.PAYMENT, Map.of("status", "AUTHORIZED"));

        assertThat(part("moment", ADDRESS + "/moment?at=soon")).contains("4 of 4: PaymentAuthorized");
        assertThat(part("moment", ADDRESS + "/moment?at=5")).contains("4 of 4: PaymentAuthorized");
    }

    @Test
    void showsTimesInTextsAsMoments() {
        assertThat(page(ADDRESS))
                .containsPattern("asked for CUP-WHITE; waits for the stock until <time datetime=\"2026-11-21T18:44:23")
                .doesNotContain("until 18:44:23");
    }

    @Test
    void showsThatAtFirstThereWasNoPayment() {
        answersReplay(AggregateType.ORDER, Map.of("status", "PLACED"));

        assertThat(part("moment", ADDRESS + "/moment?at=1"))
                .contains("There was none yet.", "Nothing was done to it yet.", "asked for CUP-WHITE");
    }

    private void answersReplay(AggregateType type, Map<String, Object> state) {
        answers.to(
                ReplayAggregate.queryName(type.logicalName()),
                ReplayAggregate.class,
                ReplayedAggregate.class,
                query -> new ReplayedAggregate(
                        type.logicalName(), query.aggregateId(), PLACED_AT, 0, state, List.of(), false));
    }

    @Test
    void tellsWhatACancellationWouldDo() {
        answers.to(
                FindCancellationPlan.class,
                CancellationPlan.class,
                query -> new CancellationPlan(
                        ID,
                        3,
                        null,
                        List.of(new Action(
                                CancellationPlan.Code.VOID_PAYMENT, "the payment is called off", null, null, null)),
                        eur("0.00"),
                        List.of(new Pieces(new Sku("CUP-WHITE"), 2))));

        assertThat(part("plan", ADDRESS + "/cancellation"))
                .contains("the payment is called off", "0.00 EUR", "2 × CUP-WHITE");
    }

    @Test
    void linksToItsMessagesInAxonServer() {
        assertThat(page(ADDRESS))
                .contains(
                        "target=\"_blank\" rel=\"noopener\" href=\"http://axonserver.example:8024#query\"",
                        "metaData.correlationId = &quot;request-1&quot;</code>");
    }

    @Test
    void knowsNoOtherOrders() {
        shows(null);

        MvcTestResult shown = mvc.get().uri(ADDRESS).exchange();

        assertThat(shown).hasStatus(404);
        assertThat(text(shown)).contains("There is no order with the number " + ID);
        assertThat(mvc.get().uri("/console/orders/7").exchange()).hasStatus(404);
    }
}
