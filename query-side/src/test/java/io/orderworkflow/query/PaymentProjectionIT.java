package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.api.payment.PaymentView.Refund;
import io.orderworkflow.api.payment.PaymentView.RefundStatus;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidRequested;
import io.orderworkflow.query.History.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
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
    private static final ProviderAttempt GIVEN_BACK =
            new ProviderAttempt(Action.REFUND, NOON.plusSeconds(4), Outcome.SUCCEEDED, "given back");
    private static final ProviderAttempt NOT_GIVEN_BACK =
            new ProviderAttempt(Action.REFUND, NOON.plusSeconds(4), Outcome.REFUSED, "refused");
    private static final RefundId FIRST = new RefundId(new UUID(1, 1));
    private static final RefundId SECOND = new RefundId(new UUID(1, 2));
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
                        List.of(),
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
                        List.of(),
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
        assertThat(found().refunds()).isEmpty();
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
        assertThat(found().refunds())
                .containsExactly(refund(new RefundId(orderId.value()), "19.90", RefundStatus.REFUNDED, null, UNDONE));
    }

    @ParameterizedTest
    @EnumSource
    void showsThatTheMoneyOfACancelledOrderIsNotGivenBackYet(Delivery delivery) {
        RefundId refundId = new RefundId(orderId.value());
        history.happens(
                delivery,
                NOON,
                requested(),
                authorized(),
                captureRequested(),
                captured(),
                new VoidRequested(paymentId, orderId, eur("19.90")),
                refundFailed(refundId));
        assertThat(found().status()).isEqualTo(PaymentStatus.CAPTURED);
        assertThat(found().refunds())
                .containsExactly(new Refund(refundId, null, RefundStatus.FAILED, REFUSAL, List.of(NOT_GIVEN_BACK)));

        history.happens(
                delivery,
                NOON,
                new VoidRequested(paymentId, orderId, eur("19.90")),
                new PaymentVoided(paymentId, orderId, eur("19.90"), List.of(UNDONE)));
        assertThat(found().refunds())
                .containsExactly(refund(refundId, "19.90", RefundStatus.REFUNDED, null, NOT_GIVEN_BACK, UNDONE));
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatWasRefundedOfAPayment(Delivery delivery) {
        history.happens(delivery, NOON, requested(), authorized(), captureRequested(), captured());
        history.happens(delivery, NOON, refundRequested(FIRST, "5.00", 1), refunded(FIRST, "5.00", "5.00"));

        assertThat(found().status()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
        assertThat(found().refunded()).isEqualTo(eur("5.00"));
        assertThat(found().attempts()).containsExactly(UNAVAILABLE, AUTHORIZED, CAPTURED, GIVEN_BACK);
        assertThat(found().refunds()).containsExactly(refund(FIRST, "5.00", RefundStatus.REFUNDED, null, GIVEN_BACK));

        history.happens(delivery, NOON, refundRequested(SECOND, "14.90", 1), refunded(SECOND, "14.90", "19.90"));

        assertThat(found().status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(found().refunded()).isEqualTo(eur("19.90"));
        assertThat(found().refunds()).extracting(Refund::refundId).containsExactly(FIRST, SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void showsAPaymentAsRefundedThatIsRefundedInOnePiece(Delivery delivery) {
        history.happens(
                delivery,
                NOON,
                requested(),
                authorized(),
                captureRequested(),
                captured(),
                refundRequested(FIRST, "19.90", 1),
                refunded(FIRST, "19.90", "19.90"));

        assertThat(found().status()).isEqualTo(PaymentStatus.REFUNDED);
    }

    @ParameterizedTest
    @EnumSource
    void showsThatARefundWasRefusedUntilItIsDone(Delivery delivery) {
        history.happens(delivery, NOON, requested(), authorized(), captureRequested(), captured());
        history.happens(delivery, NOON, refundRequested(FIRST, "5.00", 1), refundFailed(FIRST));

        assertThat(found().status()).isEqualTo(PaymentStatus.CAPTURED);
        assertThat(found().refunded()).isNull();
        assertThat(found().refunds())
                .containsExactly(refund(FIRST, "5.00", RefundStatus.FAILED, REFUSAL, NOT_GIVEN_BACK));
        assertThat(found().attempts()).endsWith(NOT_GIVEN_BACK);

        history.happens(delivery, NOON, refundRequested(FIRST, "5.00", 2));
        assertThat(found().refunds())
                .containsExactly(refund(FIRST, "5.00", RefundStatus.REQUESTED, REFUSAL, NOT_GIVEN_BACK));

        history.happens(delivery, NOON, refunded(FIRST, "5.00", "5.00"));
        assertThat(found().refunds())
                .containsExactly(refund(FIRST, "5.00", RefundStatus.REFUNDED, null, NOT_GIVEN_BACK, GIVEN_BACK));
    }

    @Test
    void showsARefundThatWasRefusedBeforeTheProviderWasAsked() {
        history.happens(requested(), authorized(), captureRequested(), captured());
        history.happens(new PaymentRefundFailed(paymentId, orderId, FIRST, REFUSAL, List.of()));

        assertThat(found().refunds()).containsExactly(new Refund(FIRST, null, RefundStatus.FAILED, REFUSAL, List.of()));
    }

    @Test
    void showsNoPaymentThatWasUndoneBeforeItWasAskedFor() {
        history.happens(new PaymentVoided(paymentId, orderId, null, List.of()));

        assertThat(find()).isEmpty();
    }

    private RefundRequested refundRequested(RefundId refundId, String amount, int attempt) {
        return new RefundRequested(paymentId, orderId, refundId, eur(amount), attempt);
    }

    private PaymentRefunded refunded(RefundId refundId, String amount, String altogether) {
        return new PaymentRefunded(paymentId, orderId, refundId, eur(amount), eur(altogether), List.of(GIVEN_BACK));
    }

    private PaymentRefundFailed refundFailed(RefundId refundId) {
        return new PaymentRefundFailed(paymentId, orderId, refundId, REFUSAL, List.of(NOT_GIVEN_BACK));
    }

    private static Refund refund(
            RefundId refundId,
            String amount,
            RefundStatus status,
            @Nullable ProviderRefusal reason,
            ProviderAttempt... attempts) {
        return new Refund(refundId, eur(amount), status, reason, List.of(attempts));
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
