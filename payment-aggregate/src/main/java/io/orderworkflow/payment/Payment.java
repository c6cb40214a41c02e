package io.orderworkflow.payment;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.payment.AuthorizePayment;
import io.orderworkflow.api.payment.CapturePayment;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordRefund;
import io.orderworkflow.api.payment.RecordVoid;
import io.orderworkflow.api.payment.RefundPayment;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidPayment;
import io.orderworkflow.api.payment.VoidRequested;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
 *
 * <p>Taken money is given back in parts, by refunds, and what these leave by a void. Never is more given back, or asked
 * to be, than was taken.
 */
@Aggregate(cache = "paymentCache")
@Revision("2")
class Payment {

    @AggregateIdentifier
    private PaymentId paymentId;

    private OrderId orderId;

    /** Unknown as long as a void overtook the request. */
    private @Nullable Money amount;

    private Stage stage = Stage.UNKNOWN;

    /** What the provider was asked to do and has not answered, apart from voiding. */
    private @Nullable Action unanswered;

    /** All that was given back. */
    private @Nullable Money refunded;

    /** Whether the provider refused to undo the payment when that was last requested. */
    private boolean voidRefused;

    /**
     * The refunds that were ever requested; keyed by what a refund id holds, for Jackson takes that as a key. There are no
     * more of them than the order has pieces, because each refund of an order is for one at least.
     */
    private Map<UUID, Refund> refunds = new LinkedHashMap<>();

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
            case VOID_REQUESTED -> requestVoidAgainIfRefused();
            case VOIDED -> {}
        }
    }

    @CommandHandler
    void handle(RefundPayment command) {
        Refund refund = refunds.get(command.refundId().value());
        if (refund != null && refund.stage() != RefundStage.REFUSED) {
            return;
        }
        if (isGivenBackByVoid()) {
            recordRefund(command.refundId(), Money.zero(requestedAmount().currency()), List.of());
            return;
        }
        Money left = stage == Stage.CAPTURED
                ? leftToGiveBack()
                : Money.zero(command.amount().currency());
        if (!covers(left, command.amount())) {
            ProviderRefusal refusal = new ProviderRefusal(
                    "amount_not_left",
                    "%s were to be given back, but only %s of what was taken can be".formatted(command.amount(), left));
            apply(new PaymentRefundFailed(paymentId, orderId, command.refundId(), refusal, List.of()));
            return;
        }
        int attempt = refund == null ? 1 : refund.attempt() + 1;
        apply(new RefundRequested(paymentId, orderId, command.refundId(), command.amount(), attempt));
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
        if (command.refusal() != null) {
            recordRefusedVoid(command.refusal(), command.attempts());
        } else if (stage == Stage.VOID_REQUESTED || tellsOfMoreGivenBack(command)) {
            apply(new PaymentVoided(paymentId, orderId, command.refunded(), command.attempts()));
        }
    }

    @CommandHandler
    void handle(RecordRefund command) {
        Refund refund = refunds.get(command.refundId().value());
        if (refund == null || !refund.awaitsAnswerTo(command.attempt())) {
            return;
        }
        if (command.refusal() == null) {
            recordRefund(command.refundId(), refund.amount(), command.attempts());
        } else {
            apply(new PaymentRefundFailed(
                    paymentId, orderId, command.refundId(), command.refusal(), command.attempts()));
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

    /** The answer to an earlier void may have been the first to come, and knew nothing of a refund. */
    private boolean tellsOfMoreGivenBack(RecordVoid command) {
        return stage == Stage.VOIDED
                && command.refunded() != null
                && (refunded == null || !covers(refunded, command.refunded()));
    }

    /** The provider is asked again for as long as it refuses, but that it does is told once for each request. */
    private void recordRefusedVoid(ProviderRefusal refusal, List<ProviderAttempt> attempts) {
        if (stage == Stage.VOID_REQUESTED && !voidRefused) {
            apply(new PaymentRefundFailed(paymentId, orderId, refundByVoid(), refusal, attempts));
        }
    }

    private void recordRefund(RefundId refundId, Money given, List<ProviderAttempt> attempts) {
        Money total = refunded == null ? given : refunded.plus(given);
        apply(new PaymentRefunded(paymentId, orderId, refundId, given, total, attempts));
    }

    /** Whether all that was taken is given back, whichever refunds were asked for besides. */
    private boolean isGivenBackByVoid() {
        return stage == Stage.VOIDED && refunded != null;
    }

    /** What of the taken money is not given back, nor asked to be. */
    private Money leftToGiveBack() {
        return refunds.values().stream()
                .filter(refund -> refund.stage() != RefundStage.REFUSED)
                .map(Refund::amount)
                .reduce(requestedAmount(), Money::minus);
    }

    private static boolean covers(Money available, Money asked) {
        return asked.currency().equals(available.currency()) && asked.amount().compareTo(available.amount()) <= 0;
    }

    /** What is given back by a void has no refund of its own; the order's identifier stands for it. */
    private RefundId refundByVoid() {
        return new RefundId(orderId.value());
    }

    private void requestVoidAgainIfRefused() {
        if (voidRefused) {
            requestVoid();
        }
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
        voidRefused = false;
        refunded = event.refunded() == null ? refunded : event.refunded();
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
        if (isGivenUp() && !voidRefused) {
            // Asked once more because the answer came after all: repeated, it is no news.
            unanswered = null;
        }
        stage = Stage.VOID_REQUESTED;
        voidRefused = false;
    }

    @EventSourcingHandler
    void on(RefundRequested event) {
        refunds.put(event.refundId().value(), new Refund(event.amount(), event.attempt(), RefundStage.REQUESTED));
    }

    @EventSourcingHandler
    void on(PaymentRefunded event) {
        refunds.merge(
                event.refundId().value(),
                new Refund(event.amount(), 1, RefundStage.DONE),
                (asked, done) -> asked.as(RefundStage.DONE));
        refunded = event.totalRefunded();
    }

    @EventSourcingHandler
    void on(PaymentRefundFailed event) {
        if (event.refundId().equals(refundByVoid())) {
            voidRefused = true;
        } else {
            // One that was refused here, because too little is left, was never requested.
            refunds.computeIfPresent(event.refundId().value(), (id, asked) -> asked.as(RefundStage.REFUSED));
        }
    }

    /** Where it stands, for those who look at its state. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    @Nullable
    PaymentStatus status() {
        return switch (stage) {
            case UNKNOWN -> null;
            case REQUESTED -> PaymentStatus.REQUESTED;
            case AUTHORIZED, CAPTURE_REQUESTED, VOID_REQUESTED -> PaymentStatus.AUTHORIZED;
            case DECLINED -> PaymentStatus.DECLINED;
            case CAPTURED -> captured();
            case CAPTURE_FAILED -> PaymentStatus.FAILED;
            case VOIDED -> refunded == null ? PaymentStatus.VOIDED : PaymentStatus.REFUNDED;
        };
    }

    private PaymentStatus captured() {
        if (refunded == null) {
            return PaymentStatus.CAPTURED;
        }
        return refunded.equals(amount) ? PaymentStatus.REFUNDED : PaymentStatus.PARTIALLY_REFUNDED;
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

    private enum RefundStage {
        REQUESTED,
        DONE,
        REFUSED
    }

    /** What became of a refund; the attempt is the latest one. */
    private record Refund(Money amount, int attempt, RefundStage stage) {

        boolean awaitsAnswerTo(int answered) {
            return stage == RefundStage.REQUESTED && attempt == answered;
        }

        Refund as(RefundStage next) {
            return new Refund(amount, attempt, next);
        }
    }
}
