package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.VoidRequested;
import io.orderworkflow.query.History.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuerySideTest
class PaymentProjectionIT {

    private static final AtomicInteger PAYMENTS = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");
    private static final ProviderAttempt UNAVAILABLE =
            new ProviderAttempt(Action.AUTHORIZATION, NOON, Outcome.UNAVAILABLE, "503");
    private static final ProviderAttempt AUTHORIZED =
            new ProviderAttempt(Action.AUTHORIZATION, NOON.plusSeconds(1), Outcome.SUCCEEDED, "authorised");
    private static final ProviderAttempt CAPTURED =
            new ProviderAttempt(Action.CAPTURE, NOON.plusSeconds(2), Outcome.SUCCEEDED, "taken");
    private static final ProviderAttempt REFUSED =
            new ProviderAttempt(Action.CAPTURE, NOON.plusSeconds(2), Outcome.REFUSED, "refused");
    private static final ProviderAttempt UNDONE =
            new ProviderAttempt(Action.VOID, NOON.plusSeconds(3), Outcome.SUCCEEDED, "undone");
    private static final ProviderRefusal REFUSAL = new ProviderRefusal("insufficient_funds", "there is no money left");

    private final History history;
    private final QueryGateway queries;
    private final OrderId orderId = orderId("payment-projection-" + PAYMENTS.incrementAndGet());
    private final PaymentId paymentId = PaymentId.forOrder(orderId);

    PaymentProjectionIT(History history, QueryGateway queries) {
        this.history = history;
        this.queries = queries;
    }

    @Test
    void showsAPaymentThatWasAskedFor() {
        history.happensAt(NOON, requested());

        assertThat(find())
                .contains(new PaymentView(
                        paymentId,
                        orderId,
                        PaymentStatus.REQUESTED,
                        null,
                        eur("19.90"),
                        null,
                        "card",
                        null,
                        List.of(),
                        NOON,
                        1));
    }

    @Test
    void knowsNoPaymentThatWasNotAskedFor() {
        assertThat(find()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void showsTheCallsOfAPaymentThatWasTaken(Delivery delivery) {
        history.happens(delivery, NOON, requested(), authorized(), captureRequested(), captured());

        assertThat(find())
                .contains(new PaymentView(
                        paymentId,
                        orderId,
                        PaymentStatus.CAPTURED,
                        null,
                        eur("19.90"),
                        null,
                        "card",
                        "reference",
                        List.of(UNAVAILABLE, AUTHORIZED, CAPTURED),
                        NOON,
                        4));
    }

    @ParameterizedTest
    @EnumSource
    void showsWhyAPaymentWasDeclinedEvenAfterItIsUndone(Delivery delivery) {
        history.happens(
                delivery,
                NOON,
                requested(),
                new PaymentDeclined(paymentId, orderId, REFUSAL, List.of(UNAVAILABLE)),
                new PaymentVoided(paymentId, orderId, null, List.of()));

        assertThat(found().status()).isEqualTo(PaymentStatus.DECLINED);
        assertThat(found().statusReason()).isEqualTo(REFUSAL);
        assertThat(found().attempts()).containsExactly(UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void showsAFailedCaptureUntilItIsUndone(Delivery delivery) {
        history.happens(
                delivery,
                NOON,
                requested(),
                authorized(),
                captureRequested(),
                new PaymentCaptureFailed(paymentId, orderId, REFUSAL, List.of(REFUSED)));
        assertThat(found().status()).isEqualTo(PaymentStatus.FAILED);

        history.happens(
                delivery,
                NOON,
                new VoidRequested(paymentId, orderId, eur("19.90")),
                new PaymentVoided(paymentId, orderId, null, List.of(UNDONE)));

        assertThat(found().status()).isEqualTo(PaymentStatus.VOIDED);
        assertThat(found().statusReason()).isEqualTo(REFUSAL);
        assertThat(found().attempts()).containsExactly(UNAVAILABLE, AUTHORIZED, REFUSED, UNDONE);
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatWasGivenBack(Delivery delivery) {
        history.happens(
                delivery,
                NOON,
                requested(),
                authorized(),
                captureRequested(),
                captured(),
                new VoidRequested(paymentId, orderId, eur("19.90")),
                new PaymentVoided(paymentId, orderId, eur("19.90"), List.of(UNDONE)));

        assertThat(found().status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(found().refunded()).isEqualTo(eur("19.90"));
    }

    @Test
    void showsNoPaymentThatWasUndoneBeforeItWasAskedFor() {
        history.happens(new PaymentVoided(paymentId, orderId, null, List.of()));

        assertThat(find()).isEmpty();
    }

    private PaymentRequested requested() {
        return new PaymentRequested(paymentId, orderId, eur("19.90"), "card", "tok_ok");
    }

    private PaymentAuthorized authorized() {
        return new PaymentAuthorized(paymentId, orderId, "reference", List.of(UNAVAILABLE, AUTHORIZED));
    }

    private CaptureRequested captureRequested() {
        return new CaptureRequested(paymentId, orderId, eur("19.90"));
    }

    private PaymentCaptured captured() {
        return new PaymentCaptured(paymentId, orderId, eur("19.90"), List.of(CAPTURED));
    }

    private PaymentView found() {
        return find().orElseThrow();
    }

    private Optional<PaymentView> find() {
        return queries.query(new FindPayment(paymentId), ResponseTypes.optionalInstanceOf(PaymentView.class))
                .join();
    }
}
