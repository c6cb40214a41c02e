package io.orderworkflow.payment.builtin;

import io.orderworkflow.payment.builtin.Operation.Action;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the provider does to a call that a rule selects.
 *
 * @param kind what it does
 * @param code how it declines; only with {@link Kind#DECLINE}
 * @param times how often it does it to one payment; {@code null} for always
 * @param delay how late it answers; only with {@link Kind#ANSWER_LATE}
 * @param lasts how long after it was switched on; {@code null} until it is switched off; only with
 *     {@link Kind#OUT_OF_REACH}
 */
record FaultEffect(
        Kind kind,
        @Nullable Refusal code,
        @Nullable Integer times,
        @Nullable Duration delay,
        @Nullable Duration lasts) {

    /** What can be done to a call. */
    enum Kind {
        /** Does as it is asked, whatever rules behind this one say. */
        AS_USUAL,
        /** Declines to hold the money. */
        DECLINE,
        /** Refuses to take the money that it holds. */
        FAIL_CAPTURE,
        /** Refuses to give money back. */
        FAIL_REFUND,
        /** Says that it cannot do anything at the moment, and does nothing. */
        TURN_AWAY,
        /** Does it, and says so late. */
        ANSWER_LATE,
        /** Does it, and never says so. */
        LOSE_ANSWER,
        /** Does it, and says so twice. */
        ANSWER_TWICE,
        /** Neither does nor says anything. */
        IGNORE,
        /** Resets the connection; if the rule selects everything, no connection can be made at all. */
        OUT_OF_REACH;

        /** Whether it concerns the answer alone: what is done, other rules say. */
        boolean concernsAnswer() {
            return this == ANSWER_LATE || this == LOSE_ANSWER || this == ANSWER_TWICE;
        }

        /** How files name it. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * How the call goes, or {@code null} if nothing is done to it: it is of another action, or it was done often enough.
     *
     * @param rule stands for the rule that selected it, where calls are counted
     */
    @Nullable
    Conduct conduct(Operation operation, Account account, CallCounter calls, Object rule) {
        Action action = operation.action();
        return switch (kind) {
            case AS_USUAL -> Conduct.NORMAL;
            case DECLINE -> action == Action.AUTHORIZATION ? Conduct.refuse(Objects.requireNonNull(code)) : null;
            case FAIL_CAPTURE -> action == Action.CAPTURE ? Conduct.refuse(Refusal.CAPTURE_FAILED) : null;
            case FAIL_REFUND ->
                givesBack(action, account) && (times == null || account.refundsRefused() < times)
                        ? Conduct.refuse(Refusal.REFUND_FAILED)
                        : null;
            case TURN_AWAY ->
                times == null || calls.next(new Counted(rule, operation.paymentId())) <= times
                        ? Conduct.TURN_AWAY
                        : null;
            case ANSWER_LATE -> Conduct.late(Objects.requireNonNull(delay));
            case LOSE_ANSWER -> Conduct.LOSE_ANSWER;
            case ANSWER_TWICE -> Conduct.ANSWER_TWICE;
            case IGNORE -> Conduct.IGNORE;
            case OUT_OF_REACH -> Conduct.HANG_UP;
        };
    }

    private static boolean givesBack(Action action, Account account) {
        return action == Action.REFUND || (action == Action.VOID && account.refundable() != null);
    }

    /** What it does, in plain words, to go on from "payments with …:". */
    String inWords() {
        String often = times == null ? "" : times == 1 ? ", once a payment" : ", " + times + " times a payment";
        return switch (kind) {
            case AS_USUAL -> "as usual";
            case DECLINE -> "declined (" + Objects.requireNonNull(code).code() + ")";
            case FAIL_CAPTURE -> "the held money cannot be taken";
            case FAIL_REFUND -> "no money is given back" + often;
            case TURN_AWAY -> "turned away" + often;
            case ANSWER_LATE -> "answered " + Objects.requireNonNull(delay).toMillis() + " ms late";
            case LOSE_ANSWER -> "done, but the answer is lost";
            case ANSWER_TWICE -> "answered twice";
            case IGNORE -> "neither done nor answered";
            case OUT_OF_REACH -> "out of reach" + (lasts == null ? "" : " for " + lasts.toSeconds() + " s");
        };
    }

    private record Counted(Object rule, UUID paymentId) {}
}
