package io.orderworkflow.payment;

import static io.orderworkflow.api.Amounts.eur;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.AuthorizePayment;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordRefund;
import io.orderworkflow.api.payment.RecordVoid;
import io.orderworkflow.api.payment.RefundPayment;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidPayment;
import io.orderworkflow.api.payment.VoidRequested;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;

/** A payment, with what is told to it and what it tells. */
abstract class PaymentFixture {

    static final Money AMOUNT = eur("19.90");
    private static final ProviderRefusal REFUSAL = new ProviderRefusal("declined", "the card was declined");
    final FixtureConfiguration<Payment> fixture = new AggregateTestFixture<>(Payment.class);

    // Equal but never the same: what holds for one instance only would not hold after a restart.

    static OrderId order() {
        return SampleOrder.orderId("paid-order");
    }

    static PaymentId payment() {
        return PaymentId.forOrder(order());
    }

    static AuthorizePayment authorizePayment() {
        return new AuthorizePayment(payment(), order(), AMOUNT, "card", "tok_ok");
    }

    static PaymentRequested requested() {
        return new PaymentRequested(payment(), order(), AMOUNT, "card", "tok_ok");
    }

    static PaymentAuthorized authorized() {
        return new PaymentAuthorized(payment(), order(), "reference", attempts(Action.AUTHORIZATION));
    }

    static PaymentDeclined declined() {
        return new PaymentDeclined(payment(), order(), REFUSAL, attempts(Action.AUTHORIZATION));
    }

    static CaptureRequested captureRequested() {
        return new CaptureRequested(payment(), order(), AMOUNT);
    }

    static PaymentCaptured captured() {
        return new PaymentCaptured(payment(), order(), AMOUNT, attempts(Action.CAPTURE));
    }

    static PaymentCaptureFailed captureFailed() {
        return new PaymentCaptureFailed(payment(), order(), REFUSAL, attempts(Action.CAPTURE));
    }

    static VoidRequested voidRequested() {
        return new VoidRequested(payment(), order(), AMOUNT);
    }

    static PaymentVoided voided() {
        return new PaymentVoided(payment(), order(), null, attempts(Action.VOID));
    }

    static PaymentVoided refunded() {
        return new PaymentVoided(payment(), order(), AMOUNT, attempts(Action.VOID));
    }

    static PaymentVoided voidedBeforeItWasAsked() {
        return new PaymentVoided(payment(), order(), null, List.of());
    }

    static RecordAuthorization granted() {
        return new RecordAuthorization(payment(), "reference", null, attempts(Action.AUTHORIZATION));
    }

    static RecordAuthorization refused() {
        return new RecordAuthorization(payment(), null, REFUSAL, attempts(Action.AUTHORIZATION));
    }

    static RecordCapture taken() {
        return new RecordCapture(payment(), null, attempts(Action.CAPTURE));
    }

    static RecordCapture notTaken() {
        return new RecordCapture(payment(), REFUSAL, attempts(Action.CAPTURE));
    }

    static RecordVoid undone() {
        return new RecordVoid(payment(), null, null, attempts(Action.VOID));
    }

    static RecordVoid undoneWithRefund() {
        return new RecordVoid(payment(), AMOUNT, null, attempts(Action.VOID));
    }

    static RecordVoid notUndone() {
        return new RecordVoid(payment(), null, REFUSAL, attempts(Action.VOID));
    }

    static PaymentRefundFailed voidFailed() {
        return new PaymentRefundFailed(
                payment(), order(), new RefundId(order().value()), REFUSAL, attempts(Action.VOID));
    }

    static RefundId refundId(String key) {
        return RefundId.forIdempotencyKey(order(), key);
    }

    static RefundPayment refund(String key, String amount) {
        return new RefundPayment(payment(), refundId(key), eur(amount));
    }

    static RefundRequested refundRequested(String key, String amount, int attempt) {
        return new RefundRequested(payment(), order(), refundId(key), eur(amount), attempt);
    }

    static PaymentRefunded refunded(String key, String amount, String total) {
        return new PaymentRefunded(payment(), order(), refundId(key), eur(amount), eur(total), attempts(Action.REFUND));
    }

    static PaymentRefundFailed refundFailed(String key) {
        return new PaymentRefundFailed(payment(), order(), refundId(key), REFUSAL, attempts(Action.REFUND));
    }

    static PaymentRefundFailed tooMuch(String key, String amount, String left) {
        String why = "%s EUR were to be given back, but only %s EUR of what was taken can be".formatted(amount, left);
        return new PaymentRefundFailed(
                payment(), order(), refundId(key), new ProviderRefusal("amount_not_left", why), List.of());
    }

    static RecordRefund givenBack(String key, int attempt) {
        return new RecordRefund(payment(), refundId(key), attempt, null, attempts(Action.REFUND));
    }

    static RecordRefund notGivenBack(String key, int attempt) {
        return new RecordRefund(payment(), refundId(key), attempt, REFUSAL, attempts(Action.REFUND));
    }

    static VoidPayment voidPayment() {
        return new VoidPayment(payment(), order());
    }

    static void expectNothing(ResultValidator<Payment> result) {
        result.expectSuccessfulHandlerExecution().expectNoEvents();
    }

    private static List<ProviderAttempt> attempts(Action action) {
        return List.of(new ProviderAttempt(action, Instant.EPOCH, Outcome.SUCCEEDED, "done"));
    }
}
