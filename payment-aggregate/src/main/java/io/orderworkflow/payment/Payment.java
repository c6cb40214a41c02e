package io.orderworkflow.payment;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.AuthorizePayment;
import io.orderworkflow.api.payment.CapturePayment;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordVoid;
import io.orderworkflow.api.payment.VoidPayment;
import io.orderworkflow.api.payment.VoidRequested;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The record of what was asked of the payment provider for an order, and of what it answered. It asks nobody itself.
 *
 * <p>Commands come at least once, and out of order. A payment goes one way only: towards being captured or refused,
 * and from anywhere towards being voided. What would lead back publishes nothing, with one exception: money that the
 * provider turns out to hold or to have taken although the payment is being voided is asked to be undone once more,
 * because the provider may have been asked to undo it before it did it.
 */
@Aggregate
@Revision("1")
class Payment {

    @AggregateIdentifier
    private PaymentId paymentId;

    private OrderId orderId;

    /** Unknown as long as a void overtook the request. */
    private @Nullable Money amount;

    private Stage stage = Stage.UNKNOWN;

    /** What the provider was asked to do and has not answered, apart from voiding. */
    private @Nullable Action unanswered;

    private boolean refunded;

    Payment() {}

    // Asked by the process that an order goes through.

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AuthorizePayment command) {
        if (stage == Stage.UNKNOWN) {
            apply(new PaymentRequested(
                    command.paymentId(), command.orderId(), command.amount(), command.method(), command.token()));
        }
    }

    @CommandHandler
    void handle(CapturePayment command) {
        if (stage == Stage.AUTHORIZED) {
            apply(new CaptureRequested(paymentId, orderId, requestedAmount()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(VoidPayment command) {
        switch (stage) {
            case UNKNOWN, DECLINED -> apply(new PaymentVoided(command.paymentId(), command.orderId(), null, List.of()));
            case REQUESTED, AUTHORIZED, CAPTURE_REQUESTED, CAPTURED, CAPTURE_FAILED -> requestVoid();
            case VOID_REQUESTED, VOIDED -> {}
        }
    }

    // Answered by the provider.

    @CommandHandler
    void handle(RecordAuthorization command) {
        if (stage == Stage.REQUESTED) {
            apply(
                    command.refusal() == null
                            ? new PaymentAuthorized(
                                    paymentId,
                                    orderId,
                                    Objects.requireNonNull(command.providerReference(), "providerReference"),
                                    command.attempts())
                            : new PaymentDeclined(paymentId, orderId, command.refusal(), command.attempts()));
        } else if (command.refusal() == null && isTooLateFor(Action.AUTHORIZATION)) {
            requestVoid();
        }
    }

    @CommandHandler
    void handle(RecordCapture command) {
        if (stage == Stage.CAPTURE_REQUESTED) {
            apply(
                    command.refusal() == null
                            ? new PaymentCaptured(paymentId, orderId, requestedAmount(), command.attempts())
                            : new PaymentCaptureFailed(paymentId, orderId, command.refusal(), command.attempts()));
        } else if (command.refusal() == null && isTooLateFor(Action.CAPTURE)) {
            requestVoid();
        }
    }

    @CommandHandler
    void handle(RecordVoid command) {
        // The answer to an earlier void may have been the first to come, and knew nothing of a refund.
        boolean tellsOfRefund = stage == Stage.VOIDED && command.refunded() != null && !refunded;
        if (stage == Stage.VOID_REQUESTED || tellsOfRefund) {
            apply(new PaymentVoided(paymentId, orderId, command.refunded(), command.attempts()));
        }
    }

    // Rules.

    /** Whether the payment was given up while the provider still owed this answer. */
    private boolean isTooLateFor(Action action) {
        return isGivenUp() && unanswered == action;
    }

    private boolean isGivenUp() {
        return stage == Stage.VOID_REQUESTED || stage == Stage.VOIDED;
    }

    private void requestVoid() {
        apply(new VoidRequested(paymentId, orderId, requestedAmount()));
    }

    private Money requestedAmount() {
        return Objects.requireNonNull(amount, "nothing was ever requested");
    }

    // What happened. Each of the first two can be the first event of all.

    @EventSourcingHandler
    void on(PaymentRequested event) {
        paymentId = event.paymentId();
        orderId = event.orderId();
        amount = event.amount();
        stage = Stage.REQUESTED;
        unanswered = Action.AUTHORIZATION;
    }

    @EventSourcingHandler
    void on(PaymentVoided event) {
        paymentId = event.paymentId();
        orderId = event.orderId();
        stage = Stage.VOIDED;
        refunded = refunded || event.refunded() != null;
    }

    @EventSourcingHandler
    void on(PaymentAuthorized event) {
        stage = Stage.AUTHORIZED;
        unanswered = null;
    }

    @EventSourcingHandler
    void on(PaymentDeclined event) {
        stage = Stage.DECLINED;
        unanswered = null;
    }

    @EventSourcingHandler
    void on(CaptureRequested event) {
        stage = Stage.CAPTURE_REQUESTED;
        unanswered = Action.CAPTURE;
    }

    @EventSourcingHandler
    void on(PaymentCaptured event) {
        stage = Stage.CAPTURED;
        unanswered = null;
    }

    @EventSourcingHandler
    void on(PaymentCaptureFailed event) {
        stage = Stage.CAPTURE_FAILED;
        unanswered = null;
    }

    @EventSourcingHandler
    void on(VoidRequested event) {
        if (isGivenUp()) {
            // Asked once more because the answer came after all: repeated, it is no news.
            unanswered = null;
        }
        stage = Stage.VOID_REQUESTED;
    }

    private enum Stage {
        UNKNOWN,
        REQUESTED,
        AUTHORIZED,
        DECLINED,
        CAPTURE_REQUESTED,
        CAPTURED,
        CAPTURE_FAILED,
        VOID_REQUESTED,
        VOIDED
    }
}
