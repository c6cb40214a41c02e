package io.orderworkflow.rest;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.order.CancellationPlan;
import io.orderworkflow.api.order.CancellationPlan.Action;
import io.orderworkflow.api.order.CancellationPlan.Code;
import io.orderworkflow.api.order.FindCancellationPlan;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RequestOrderCancellation;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CancellationControllerTest extends RestApiTest {

    private static final String BODY = "{\"reason\": \"changed my mind\"}";
    private static final SampleOrder ORDER = anOrder().withKey("key-1").of("CUP-WHITE", 2);
    private static final OrderId ORDER_ID = ORDER.orderId();
    private static final String CANCELLATION = "/api/orders/" + ORDER_ID + "/cancellation";

    private static CancellationPlan aPlan(@Nullable String refusal) {
        return new CancellationPlan(
                ORDER_ID,
                7,
                refusal,
                List.of(
                        new Action(Code.REFUND_PAYMENT, "19.80 EUR are given back", null, null, eur("19.80")),
                        new Action(Code.RESTOCK, "2 × CUP-WHITE are put back on the shelves", CUP, 2L, null)),
                eur("19.80"),
                List.of(new Pieces(CUP, 2)));
    }

    @Test
    void asksForTheCancellation() {
        Answer answer = post(CANCELLATION, BODY);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/api/orders/" + ORDER_ID);
        assertThat(answer.body()).isEmpty();
        assertThat(backend.commands()).containsExactly(new RequestOrderCancellation(ORDER_ID, "changed my mind"));
    }

    @Test
    void saysWhyAnOrderCannotBeCancelled() {
        backend.refuses(Refusal.Code.ORDER_NOT_CANCELLABLE, "an order that is shipped cannot be cancelled");
        Answer answer = post(CANCELLATION, BODY).isProblem(ProblemType.ORDER_NOT_CANCELLABLE);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asString()).isEqualTo("an order that is shipped cannot be cancelled");
    }

    @Test
    void cancelsNoUnknownOrder() {
        backend.refuses(Refusal.Code.UNKNOWN, "There is no order " + ORDER_ID + ".");

        post(CANCELLATION, BODY).isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void tellsWhatItWouldDoAndDoesNothing() {
        backend.show(aPlan(null));
        Answer answer = post(CANCELLATION + "?dryRun=true", BODY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("version").asInt()).isEqualTo(7);
        assertThat(answer.json().path("actions").get(0).toString())
                .isEqualTo("{\"code\":\"REFUND_PAYMENT\",\"text\":\"19.80 EUR are given back\",\"sku\":null,"
                        + "\"quantity\":null,\"amount\":{\"amount\":\"19.80\",\"currency\":\"EUR\"}}");
        assertThat(answer.json().path("moneyReturned").toString())
                .isEqualTo("{\"amount\":\"19.80\",\"currency\":\"EUR\"}");
        assertThat(answer.json().path("stockReturned").toString())
                .isEqualTo("[{\"sku\":\"CUP-WHITE\",\"quantity\":2}]");
        assertThat(backend.commands()).isEmpty();
    }

    @Test
    void refusesADryRunAsItWouldRefuseTheCancellation() {
        backend.show(aPlan("an order that is shipped cannot be cancelled"));
        Answer answer = post(CANCELLATION + "?dryRun=true", BODY).isProblem(ProblemType.ORDER_NOT_CANCELLABLE);

        assertThat(answer.json().path("detail").asString()).isEqualTo("an order that is shipped cannot be cancelled");
    }

    @Test
    void waitsWithADryRunForAnOrderThatWasAcceptedJustNow() {
        AtomicInteger asked = new AtomicInteger();
        backend.onQuery(query -> {
            if (query instanceof FindOrder && asked.incrementAndGet() == 2) {
                backend.show(aPlan(null));
                backend.show(StubBackend.view(ORDER.place(), OrderStatus.PLACED, 0));
            }
        });

        assertThat(post(CANCELLATION + "?dryRun=true", BODY).status()).isEqualTo(200);
    }

    @Test
    void plansNothingForAnUnknownOrder() {
        post(CANCELLATION + "?dryRun=true", BODY).isProblem(ProblemType.UNKNOWN_RESOURCE);

        assertThat(backend.queries()).contains(new FindCancellationPlan(ORDER_ID));
        assertThat(backend.commands()).isEmpty();
    }
}
