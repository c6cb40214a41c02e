package io.orderworkflow.simulator;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.payment.provider.AuthorizationRequest;
import io.orderworkflow.payment.provider.CaptureRequest;
import io.orderworkflow.payment.provider.ProviderAnswer;
import io.orderworkflow.payment.provider.RefundRequest;
import io.orderworkflow.payment.provider.UndoRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The payment provider's side: does what the contract of the port says, and no more. It is idempotent by key alone:
 * whoever captures again under another key takes the money again.
 */
final class Bank {

    /** Tokens that decide how the bank behaves towards a payment. */
    static final String OK = "tok_ok";

    static final String DECLINED = "tok_declined";
    static final String NO_CAPTURE = "tok_no_capture";
    static final String STUBBORN = "tok_stubborn";

    static final String MORE_STUBBORN = "tok_more_stubborn";

    /** Does not answer for hours, and then does. */
    static final String SILENT = "tok_silent";

    static final Instant SPEAKS_FROM = VirtualClock.START.plus(Duration.ofHours(2));

    /** How often each of these refuses to give back: the latter so often that a person has to ask. */
    private static final Map<String, Integer> REFUSALS = Map.of(STUBBORN, 2, MORE_STUBBORN, 8);

    private final Map<String, ProviderAnswer> answers = new TreeMap<>();
    private final Map<PaymentId, Account> accounts = new HashMap<>();

    /** How much was done so far. */
    int operations() {
        return answers.size();
    }

    Account account(PaymentId paymentId) {
        return accounts.computeIfAbsent(paymentId, id -> new Account());
    }

    ProviderAnswer authorize(AuthorizationRequest request) {
        return once(request.idempotencyKey(), () -> {
            Account account = account(request.paymentId());
            account.token = request.token();
            if (account.closed) {
                return refused("voided");
            }
            if (account.token.equals(DECLINED)) {
                return refused("insufficient_funds");
            }
            account.held = account.held.add(request.amount().amount());
            account.authorizations++;
            return done(request.paymentId(), null);
        });
    }

    ProviderAnswer capture(CaptureRequest request) {
        return once(request.idempotencyKey(), () -> {
            Account account = account(request.paymentId());
            if (account.closed) {
                return refused("voided");
            }
            if (account.authorizations == 0) {
                return refused("not_authorized");
            }
            if (account.token.equals(NO_CAPTURE)) {
                return refused("capture_refused");
            }
            account.held = account.held.subtract(request.amount().amount()).max(BigDecimal.ZERO);
            account.captured = account.captured.add(request.amount().amount());
            account.captures++;
            return done(request.paymentId(), null);
        });
    }

    ProviderAnswer refund(RefundRequest request) {
        return once(request.idempotencyKey(), () -> {
            Account account = account(request.paymentId());
            if (account.isStubborn()) {
                return refused("not_now");
            }
            if (request.amount().amount().compareTo(account.captured.subtract(account.refunded)) > 0) {
                return refused("amount_not_left");
            }
            account.refunded = account.refunded.add(request.amount().amount());
            return done(request.paymentId(), request.amount());
        });
    }

    ProviderAnswer undo(UndoRequest request) {
        return once(request.idempotencyKey(), () -> {
            Account account = account(request.paymentId());
            if (account.isStubborn()) {
                return refused("not_now");
            }
            account.closed = true;
            account.held = BigDecimal.ZERO;
            account.refunded = account.captured;
            return done(
                    request.paymentId(),
                    account.captures == 0 ? null : Money.of(account.refunded.toPlainString(), "EUR"));
        });
    }

    Optional<ProviderAnswer> lookUp(String idempotencyKey) {
        return Optional.ofNullable(answers.get(idempotencyKey));
    }

    private ProviderAnswer once(String idempotencyKey, Supplier<ProviderAnswer> operation) {
        ProviderAnswer before = answers.get(idempotencyKey);
        if (before != null) {
            return before;
        }
        ProviderAnswer answer = operation.get();
        answers.put(idempotencyKey, answer);
        return answer;
    }

    private static ProviderAnswer done(PaymentId paymentId, @Nullable Money refunded) {
        return new ProviderAnswer.Done("bank/" + paymentId, refunded);
    }

    private static ProviderAnswer refused(String code) {
        return new ProviderAnswer.Refused(new ProviderRefusal(code, code));
    }

    @Override
    public String toString() {
        return answers.toString() + accounts;
    }

    /** Where one payment stands at the bank. */
    static final class Account {

        private String token = OK;
        private int refusals;
        BigDecimal held = BigDecimal.ZERO;
        BigDecimal captured = BigDecimal.ZERO;
        BigDecimal refunded = BigDecimal.ZERO;
        int authorizations;
        int captures;
        boolean closed;

        private boolean isStubborn() {
            return captures > 0 && refusals++ < REFUSALS.getOrDefault(token, 0);
        }

        @Override
        public String toString() {
            return token + refusals + "/" + held + "/" + captured + "/" + refunded + "/" + authorizations + "/"
                    + captures + closed;
        }
    }
}
