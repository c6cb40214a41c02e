package io.orderworkflow.payment.provider;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that a payment provider is to be asked, until it has answered and the answer is recorded.
 *
 * @param id which one
 * @param action what it is to be asked for
 * @param orderId the order that is paid
 * @param amount how much is paid, or given back
 * @param means what it is paid with; {@code null} except for an authorisation
 * @param refund which refund it is; {@code null} except for one
 * @param metaData of the command that will record the answer
 * @param attempts the calls that were made for it so far, oldest first
 * @param answer the provider's answer, if that is known but not recorded yet
 * @param tries how often it was tried in vain
 * @param refusals how often the provider refused to undo it
 */
record ProviderCall(
        Id id,
        Action action,
        OrderId orderId,
        Money amount,
        @Nullable Means means,
        @Nullable Refund refund,
        Map<String, String> metaData,
        List<ProviderAttempt> attempts,
        @Nullable ProviderAnswer answer,
        int tries,
        int refusals) {

    /** More would make a row, and later an event, that only grows while a provider is away for days. */
    static final int MOST_ATTEMPTS_KEPT = 50;

    /**
     * Which call: there is one for each event of a payment that asks for one.
     *
     * @param paymentId the payment
     * @param sequenceNumber that of the event; calls of one payment are made in this order
     */
    record Id(PaymentId paymentId, long sequenceNumber) {}

    /**
     * What a payment is paid with.
     *
     * @param method what kind of payment it is
     * @param token the provider's stand-in for the means of payment
     */
    record Means(String method, String token) {}

    /**
     * Which refund money is given back for.
     *
     * @param refundId the refund
     * @param attempt how often it was asked for by now, from 1
     */
    record Refund(RefundId refundId, int attempt) {}

    /**
     * The key under which the provider does this once. A payment is authorised once and captured once, so the payment
     * and the action make the key. It may have to be undone more than once, when an answer comes late, or when the
     * provider refused: each time is another operation. So is each refund, and each request of one that was refused.
     */
    String idempotencyKey() {
        return switch (action) {
            case AUTHORIZATION -> id.paymentId() + "-authorization";
            case CAPTURE -> id.paymentId() + "-capture";
            case REFUND ->
                id.paymentId() + "-refund-" + requiredRefund().refundId() + "-"
                        + requiredRefund().attempt();
            case VOID -> id.paymentId() + "-void-" + id.sequenceNumber() + (refusals == 0 ? "" : "-" + refusals);
        };
    }

    /** Which refund it is, where it is known to be one. */
    Refund requiredRefund() {
        return Objects.requireNonNull(refund, "refund");
    }

    /** Whether the provider may have been asked, and have done it, without its answer being known. */
    boolean mayHaveBeenCarriedOut() {
        return attempts.stream()
                .anyMatch(attempt -> attempt.action() == action && attempt.outcome() == Outcome.NO_ANSWER);
    }

    /** The same after one more attempt. */
    ProviderCall attempted(ProviderAttempt attempt) {
        List<ProviderAttempt> more = new ArrayList<>(attempts);
        more.add(attempt);
        int tooMany = Math.max(0, more.size() - MOST_ATTEMPTS_KEPT);
        return with(List.copyOf(more.subList(tooMany, more.size())), answer, tries, refusals);
    }

    /**
     * The same with the provider's answer. A refusal to undo is tried again for ever, because nobody may be left who would
     * ask for it: only the first refusal is an answer, for the payment to record.
     */
    ProviderCall answered(ProviderAnswer known) {
        return action == Action.VOID && known instanceof ProviderAnswer.Refused && refusals > 0
                ? with(attempts, null, tries, refusals + 1)
                : with(attempts, known, tries, refusals);
    }

    /** Whether it is not over although its answer is recorded: what was done must be undone, however often refused. */
    boolean isToBeAskedAnew() {
        return action == Action.VOID && answer instanceof ProviderAnswer.Refused;
    }

    /** The same after its refusal, and the attempts that led to it, are recorded: to be asked under another key. */
    ProviderCall askedAnew() {
        return with(List.of(), null, tries, refusals + 1);
    }

    /** The same after one more try in vain. */
    ProviderCall triedInVain() {
        return with(attempts, answer, tries + 1, refusals);
    }

    private ProviderCall with(
            List<ProviderAttempt> attempts, @Nullable ProviderAnswer answer, int tries, int refusals) {
        return new ProviderCall(
                id, action, orderId, amount, means, refund, metaData, attempts, answer, tries, refusals);
    }
}
