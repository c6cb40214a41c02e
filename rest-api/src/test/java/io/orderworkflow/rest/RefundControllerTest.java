package io.orderworkflow.rest;

import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RequestRefund;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundControllerTest extends RestApiTest {

    private static final OrderId ORDER_ID = orderId("key-1");
    private static final String REFUNDS = "/api/orders/" + ORDER_ID + "/refunds";
    private static final String BODY =
            "{\"lines\": [{\"sku\": \"CUP-WHITE\", \"quantity\": 1}], \"reason\": \"broken\", \"restock\": false}";
    private static final String KEY = "Idempotency-Key";

    private RefundId refundId(Answer answer) {
        return new RefundId(
                java.util.UUID.fromString(answer.json().path("refundId").asString()));
    }

    @Test
    void asksForTheRefundOfPieces() {
        Answer answer = post(REFUNDS, BODY, KEY, "refund-1");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/api/payments/" + PaymentId.forOrder(ORDER_ID));
        assertThat(answer.json().path("orderId").asString()).isEqualTo(ORDER_ID.toString());
        assertThat(backend.commands())
                .containsExactly(
                        new RequestRefund(ORDER_ID, refundId(answer), List.of(new Pieces(CUP, 1)), "broken", false));
    }

    @Test
    void asksForTheRefundOfAllThatIsLeft() {
        Answer answer = post(REFUNDS, "{\"reason\": \"late\", \"restock\": true}");

        assertThat(backend.commands())
                .containsExactly(new RequestRefund(ORDER_ID, refundId(answer), List.of(), "late", true));
    }

    @Test
    void knowsARepeatByItsKey() {
        assertThat(post(REFUNDS, BODY, KEY, "refund-1").body())
                .isEqualTo(post(REFUNDS, BODY, KEY, "refund-1").body())
                .isNotEqualTo(post(REFUNDS, BODY, KEY, "refund-2").body());
    }

    @Test
    void knowsARepeatWithoutAKeyByItsCorrelationAndContent() {
        String first = post(REFUNDS, BODY, Origin.HEADER, "errand-1").body();

        assertThat(post(REFUNDS, BODY, Origin.HEADER, "errand-1").body()).isEqualTo(first);
        assertThat(post(REFUNDS, BODY, Origin.HEADER, "errand-2").body()).isNotEqualTo(first);
        assertThat(post(REFUNDS, BODY.replace("broken", "late"), Origin.HEADER, "errand-1")
                        .body())
                .isNotEqualTo(first);
        assertThat(post(REFUNDS, BODY).body()).isNotEqualTo(post(REFUNDS, BODY).body());
    }

    @ParameterizedTest
    @CsvSource({
        "ORDER_NOT_REFUNDABLE, 409",
        "REFUND_EXCEEDS_ORDER, 409",
        "NOT_ORDERED, 422",
        "IDEMPOTENCY_KEY_REUSED, 422"
    })
    void saysWhyNot(Refusal.Code code, int status) {
        backend.refuses(code, "the rule in words");
        Answer answer = post(REFUNDS, BODY).isProblem(ProblemType.of(code));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("detail").asString()).isEqualTo("the rule in words");
    }

    @Test
    void isSafeToAskAgainOnlyWithAKey() {
        backend.onCommand(command -> {
            throw new IllegalStateException(new TimeoutException());
        });

        post(REFUNDS, BODY).isProblem(ProblemType.OUTCOME_UNKNOWN);
        assertThat(post(REFUNDS, BODY, KEY, "refund-1")
                        .isProblem(ProblemType.UNAVAILABLE)
                        .header("Retry-After"))
                .isNotEmpty();
    }
}
