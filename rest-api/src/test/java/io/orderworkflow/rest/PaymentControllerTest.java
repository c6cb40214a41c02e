package io.orderworkflow.rest;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.api.payment.ProviderAttempt;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentControllerTest extends RestApiTest {

    private static final OrderId ORDER_ID = OrderId.forIdempotencyKey("key-1");
    private static final PaymentId PAYMENT_ID = PaymentId.forOrder(ORDER_ID);

    @Test
    void tellsOfAPaymentAndItsAttempts() {
        backend.show(new PaymentView(
                PAYMENT_ID,
                ORDER_ID,
                PaymentStatus.AUTHORIZED,
                null,
                eur("19.80"),
                null,
                List.of(),
                "card",
                "ref-1",
                List.of(new ProviderAttempt(
                        ProviderAttempt.Action.AUTHORIZATION,
                        StubBackend.PLACED_AT,
                        ProviderAttempt.Outcome.SUCCEEDED,
                        "authorised")),
                StubBackend.PLACED_AT,
                1));
        Answer answer = get("/api/payments/" + PAYMENT_ID);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("paymentId").asString()).isEqualTo(PAYMENT_ID.toString());
        assertThat(answer.json().path("status").asString()).isEqualTo("AUTHORIZED");
        assertThat(answer.json().path("attempts").get(0).path("outcome").asString())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void knowsNoPaymentThatWasNotAskedFor() {
        get("/api/payments/" + PAYMENT_ID).isProblem(ProblemType.UNKNOWN_RESOURCE);
    }
}
