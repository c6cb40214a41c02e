package io.orderworkflow.query;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentView.Refund;
import io.orderworkflow.api.payment.PaymentView.RefundStatus;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundRequested;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a refund by one event, as it is kept. */
record RefundChange(
        RefundId refundId,
        @Nullable Money amount,
        RefundStatus status,
        @Nullable ProviderRefusal reason,
        List<ProviderAttempt> attempts) {

    static RefundChange of(RefundRequested event) {
        return new RefundChange(event.refundId(), event.amount(), RefundStatus.REQUESTED, null, List.of());
    }

    static RefundChange of(PaymentRefunded event) {
        return new RefundChange(event.refundId(), event.amount(), RefundStatus.REFUNDED, null, event.attempts());
    }

    static RefundChange of(PaymentRefundFailed event) {
        return new RefundChange(event.refundId(), null, RefundStatus.FAILED, event.refusal(), event.attempts());
    }

    /** What a void gave back is a refund that goes by the order's identifier. */
    static RefundChange of(PaymentVoided event) {
        return new RefundChange(
                new RefundId(event.orderId().value()), event.refunded(), RefundStatus.REFUNDED, null, event.attempts());
    }

    /** The refunds as all of these changes left them, in the order in which they were first asked for. */
    static List<Refund> refunds(List<RefundChange> changes) {
        Map<RefundId, Refund> refunds = new LinkedHashMap<>();
        changes.forEach(
                change -> refunds.merge(change.refundId, change.alone(), (before, now) -> change.after(before)));
        // A void that gave nothing back was no refund after all.
        refunds.values().removeIf(refund -> refund.status() == RefundStatus.REFUNDED && refund.amount() == null);
        return List.copyOf(refunds.values());
    }

    private Refund alone() {
        return new Refund(refundId, amount, status, reason, attempts);
    }

    private Refund after(Refund before) {
        List<ProviderAttempt> all = new ArrayList<>(before.attempts());
        all.addAll(attempts);
        return new Refund(refundId, amount == null ? before.amount() : amount, status, reasonAfter(before), all);
    }

    /** While it is asked for again, it is of interest why. */
    private @Nullable ProviderRefusal reasonAfter(Refund before) {
        return status == RefundStatus.REQUESTED ? before.reason() : reason;
    }
}
