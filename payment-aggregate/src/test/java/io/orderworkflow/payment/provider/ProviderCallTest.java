package io.orderworkflow.payment.provider;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProviderCallTest {

    private static final OrderId ORDER = SampleOrder.orderId("a");
    private static final PaymentId PAYMENT = PaymentId.forOrder(ORDER);
    private static final RefundId REFUND = RefundId.forIdempotencyKey(ORDER, "a part");
    private static final ProviderAnswer REFUSED = new ProviderAnswer.Refused(new ProviderRefusal("not_now", "not now"));

    @Test
    void derivesTheKeyFromPaymentAndAction() {
        assertThat(call(Action.AUTHORIZATION, 0).idempotencyKey()).isEqualTo(PAYMENT + "-authorization");
        assertThat(call(Action.CAPTURE, 2).idempotencyKey()).isEqualTo(PAYMENT + "-capture");
    }

    @Test
    void keepsTheKeyFromTryToTry() {
        for (Action action : Action.values()) {
            ProviderCall call = call(action, 3);

            assertThat(call.attempted(attempt(action, Outcome.NO_ANSWER, 1))
                            .triedInVain()
                            .idempotencyKey())
                    .isEqualTo(call.idempotencyKey());
        }
    }

    @Test
    void hasAnotherKeyForEveryVoidOfAPayment() {
        assertThat(call(Action.VOID, 2).idempotencyKey())
                .isNotEqualTo(call(Action.VOID, 4).idempotencyKey());
    }

    @Test
    void hasAnotherKeyAfterAVoidWasRefused() {
        ProviderCall refused = call(Action.VOID, 2).answered(REFUSED).askedAnew();

        assertThat(refused.answer()).isNull();
        assertThat(refused.idempotencyKey())
                .isNotEqualTo(call(Action.VOID, 2).idempotencyKey())
                .isNotEqualTo(refused.answered(REFUSED).idempotencyKey());
    }

    @Test
    void keepsTheKeyOfARefusedVoidUntilTheRefusalIsRecorded() {
        ProviderCall refused = call(Action.VOID, 2).answered(REFUSED);

        assertThat(refused.answer()).isEqualTo(REFUSED);
        assertThat(refused.isToBeAskedAnew()).isTrue();
        assertThat(refused.idempotencyKey()).isEqualTo(call(Action.VOID, 2).idempotencyKey());
    }

    @Test
    void takesOnlyTheFirstRefusalOfAVoidForAnAnswer() {
        ProviderCall refusedAgain =
                call(Action.VOID, 2).answered(REFUSED).askedAnew().answered(REFUSED);

        assertThat(refusedAgain.answer()).isNull();
        assertThat(refusedAgain.isToBeAskedAnew()).isFalse();
    }

    @Test
    void tellsAnAttemptOfARefusedVoidOnce() {
        ProviderCall refused = call(Action.VOID, 2)
                .attempted(attempt(Action.VOID, Outcome.REFUSED, 1))
                .answered(REFUSED);

        assertThat(refused.askedAnew().attempts()).isEmpty();
    }

    @Test
    void hasAnotherKeyForEveryRequestOfARefund() {
        RefundId other = RefundId.forIdempotencyKey(ORDER, "another part");

        assertThat(call(Action.REFUND, 4, new ProviderCall.Refund(REFUND, 1)).idempotencyKey())
                .isEqualTo(PAYMENT + "-refund-" + REFUND + "-1")
                .isNotEqualTo(call(Action.REFUND, 4, new ProviderCall.Refund(REFUND, 2))
                        .idempotencyKey())
                .isNotEqualTo(call(Action.REFUND, 4, new ProviderCall.Refund(other, 1))
                        .idempotencyKey())
                .hasSizeLessThanOrEqualTo(128);
    }

    @Test
    void takesTheRefusalOfARefundForAnAnswer() {
        ProviderCall refused = call(Action.REFUND, 4).answered(REFUSED);

        assertThat(refused.answer()).isEqualTo(REFUSED);
        assertThat(refused.isToBeAskedAnew()).isFalse();
    }

    @Test
    void takesTheRefusalOfACaptureForAnAnswer() {
        assertThat(call(Action.CAPTURE, 2).answered(REFUSED).answer()).isEqualTo(REFUSED);
    }

    @Test
    void mayHaveBeenCarriedOutIfAnAnswerToItWasLost() {
        ProviderCall call = call(Action.CAPTURE, 2);

        assertThat(call.mayHaveBeenCarriedOut()).isFalse();
        assertThat(call.attempted(attempt(Action.CAPTURE, Outcome.UNAVAILABLE, 1))
                        .mayHaveBeenCarriedOut())
                .isFalse();
        assertThat(call.attempted(attempt(Action.AUTHORIZATION, Outcome.NO_ANSWER, 1))
                        .mayHaveBeenCarriedOut())
                .isFalse();
        assertThat(call.attempted(attempt(Action.CAPTURE, Outcome.NO_ANSWER, 1))
                        .attempted(attempt(Action.CAPTURE, Outcome.UNAVAILABLE, 2))
                        .mayHaveBeenCarriedOut())
                .isTrue();
    }

    @Test
    void remembersTheLatestAttemptsOnly() {
        ProviderCall call = call(Action.AUTHORIZATION, 0);
        for (int number = 0; number < 1_000; number++) {
            call = call.attempted(attempt(Action.AUTHORIZATION, Outcome.UNAVAILABLE, number));
        }

        assertThat(call.attempts()).hasSize(ProviderCall.MOST_ATTEMPTS_KEPT);
        assertThat(call.attempts().get(ProviderCall.MOST_ATTEMPTS_KEPT - 1))
                .isEqualTo(attempt(Action.AUTHORIZATION, Outcome.UNAVAILABLE, 999));
    }

    private static ProviderCall call(Action action, long sequenceNumber) {
        ProviderCall.Refund refund = action == Action.REFUND ? new ProviderCall.Refund(REFUND, 1) : null;
        return call(action, sequenceNumber, refund);
    }

    private static ProviderCall call(Action action, long sequenceNumber, ProviderCall.@Nullable Refund refund) {
        return new ProviderCall(
                new ProviderCall.Id(PAYMENT, sequenceNumber),
                action,
                ORDER,
                eur("19.90"),
                null,
                refund,
                Map.of(),
                List.of(),
                null,
                0,
                0);
    }

    private static ProviderAttempt attempt(Action action, Outcome outcome, int second) {
        return new ProviderAttempt(action, Instant.ofEpochSecond(second), outcome, "any");
    }
}
