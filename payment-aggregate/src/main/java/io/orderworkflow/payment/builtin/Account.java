package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one payment stands at the provider.
 *
 * @param token what it is paid with, once that was authorised
 * @param authorized what was held for it
 * @param captured what was taken
 * @param refunded what was given back
 * @param voided whether nothing may be held or taken any more
 * @param refundsRefused how often it was refused to give money back
 */
record Account(
        @Nullable String token,
        @Nullable Money authorized,
        @Nullable Money captured,
        @Nullable Money refunded,
        boolean voided,
        int refundsRefused) {

    private static final Account UNKNOWN = new Account(null, null, null, null, false, 0);

    /** What the lines of a payment add up to. */
    static Account of(List<Line> lines) {
        Account account = UNKNOWN;
        for (Line line : lines) {
            account = account.after(line);
        }
        return account;
    }

    private Account after(Line line) {
        if (line.refusal() != null) {
            return line.refusal() == Refusal.REFUND_FAILED
                    ? new Account(token, authorized, captured, refunded, voided, refundsRefused + 1)
                    : this;
        }
        return switch (line.action()) {
            case AUTHORIZATION -> new Account(line.token(), line.amount(), captured, refunded, voided, refundsRefused);
            case CAPTURE -> new Account(token, authorized, line.amount(), refunded, voided, refundsRefused);
            case VOID -> new Account(token, authorized, captured, refundedWith(line.amount()), true, refundsRefused);
            case REFUND ->
                new Account(token, authorized, captured, refundedWith(line.amount()), voided, refundsRefused);
        };
    }

    private @Nullable Money refundedWith(@Nullable Money more) {
        if (more == null) {
            return refunded;
        }
        return refunded == null ? more : refunded.plus(more);
    }

    /** What has not been given back of the money that was taken; {@code null} if none was taken. */
    @Nullable
    Money left() {
        return captured == null || refunded == null ? captured : captured.minus(refunded);
    }

    /** What a void has to give back; {@code null} if that is nothing. */
    @Nullable
    Money refundable() {
        Money left = left();
        boolean nothingLeft = left == null || (refunded != null && left.amount().signum() == 0);
        return nothingLeft ? null : left;
    }
}
