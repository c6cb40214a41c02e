package io.orderworkflow.payment.builtin;

import io.orderworkflow.payment.builtin.Operation.Action;
import java.util.Arrays;
import java.util.Locale;

/** The tokens that the provider knows. Each stands for a way in which a payment can go. */
enum TestToken {
    TOK_OK,
    TOK_DECLINED,
    TOK_INSUFFICIENT_FUNDS,
    TOK_CAPTURE_FAILS,
    TOK_REFUND_FAILS,
    TOK_FLAKY,
    TOK_LOST,
    TOK_SILENT;

    /** Calls for a payment that {@link #TOK_FLAKY} turns away. */
    private static final int TURNED_AWAY = 2;

    /** How a call goes for a payment that is paid with that token; what is no token of ours is declined. */
    static Conduct conduct(String token, Operation operation, Account account, CallCounter calls) {
        return Arrays.stream(values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(token))
                .findAny()
                .map(known -> known.conduct(operation, account, calls))
                .orElse(Conduct.refuse(Refusal.UNKNOWN_TOKEN));
    }

    private Conduct conduct(Operation operation, Account account, CallCounter calls) {
        boolean authorizes = operation.action() == Action.AUTHORIZATION;
        return switch (this) {
            case TOK_OK -> Conduct.NORMAL;
            case TOK_DECLINED -> authorizes ? Conduct.refuse(Refusal.DECLINED) : Conduct.NORMAL;
            case TOK_INSUFFICIENT_FUNDS -> authorizes ? Conduct.refuse(Refusal.INSUFFICIENT_FUNDS) : Conduct.NORMAL;
            case TOK_CAPTURE_FAILS ->
                operation.action() == Action.CAPTURE ? Conduct.refuse(Refusal.CAPTURE_FAILED) : Conduct.NORMAL;
            case TOK_REFUND_FAILS ->
                givesBack(operation, account) ? Conduct.refuse(Refusal.REFUND_FAILED) : Conduct.NORMAL;
            case TOK_FLAKY -> calls.next(operation.paymentId()) <= TURNED_AWAY ? Conduct.TURN_AWAY : Conduct.NORMAL;
            case TOK_LOST -> authorizes ? Conduct.LOSE_ANSWER : Conduct.NORMAL;
            case TOK_SILENT -> Conduct.IGNORE;
        };
    }

    private static boolean givesBack(Operation operation, Account account) {
        return operation.action() == Action.REFUND
                || (operation.action() == Action.VOID && account.refundable() != null);
    }
}
