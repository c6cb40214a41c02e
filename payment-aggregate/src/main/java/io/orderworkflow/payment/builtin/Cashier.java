package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.Money;
import org.jspecify.annotations.Nullable;

/**
 * Does what clients ask, by the rules of the trade: once for each key, never more than is held, nothing after a void,
 * and gives back no more than it took. Has one client at a time.
 */
final class Cashier {

    private final Behaviour behaviour;
    private final CallCounter calls = new CallCounter();

    Cashier(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /** Does it, and writes it down; or answers as before, if it was done before. */
    Reply carryOut(Operation operation, Books books) {
        Line before = books.find(operation.idempotencyKey());
        if (before != null) {
            return before.isOf(operation) ? replyTo(before, books, Conduct.NORMAL) : new Reply.KeyReused();
        }
        Account account = books.account(operation.paymentId());
        Conduct conduct = behaviour.towards(operation, account, calls);
        return switch (conduct.reception()) {
            case TURN_AWAY -> new Reply.TurnedAway();
            case IGNORE -> new Reply.Ignored();
            case HANG_UP -> new Reply.HungUp();
            case ACCEPT -> {
                Line line = line(operation, account, conduct.refusal());
                books.add(line);
                yield replyTo(line, books, conduct);
            }
        };
    }

    /** Says what became of an operation. */
    Reply lookUp(String idempotencyKey, Books books) {
        Line line = books.find(idempotencyKey);
        return line == null ? new Reply.NotFound() : replyTo(line, books, Conduct.NORMAL);
    }

    private static Reply replyTo(Line line, Books books, Conduct conduct) {
        return line.refusal() != null
                ? new Reply.Refused(line.refusal(), conduct.delivery(), conduct.delay())
                : new Reply.Done(
                        line.paymentId(),
                        books.account(line.paymentId()).refunded(),
                        conduct.delivery(),
                        conduct.delay());
    }

    private static Line line(Operation operation, Account account, @Nullable Refusal asTold) {
        Refusal objection = objection(operation, account);
        Refusal refusal = objection != null ? objection : asTold;
        Money amount = operation.action() == Operation.Action.VOID ? account.refundable() : operation.amount();
        return new Line(
                operation.idempotencyKey(),
                operation.paymentId(),
                operation.action(),
                refusal == null ? amount : null,
                operation.token(),
                refusal);
    }

    private static @Nullable Refusal objection(Operation operation, Account account) {
        return switch (operation.action()) {
            case AUTHORIZATION -> {
                if (account.voided()) {
                    yield Refusal.VOIDED;
                }
                yield account.authorized() != null ? Refusal.ALREADY_AUTHORIZED : null;
            }
            case CAPTURE -> {
                if (account.voided()) {
                    yield Refusal.VOIDED;
                }
                if (account.authorized() == null) {
                    yield Refusal.NOT_AUTHORIZED;
                }
                if (account.captured() != null) {
                    yield Refusal.ALREADY_CAPTURED;
                }
                yield covers(account.authorized(), operation.amount()) ? null : Refusal.AMOUNT_NOT_HELD;
            }
            case VOID -> null;
            case REFUND -> {
                Money left = account.left();
                if (left == null) {
                    yield Refusal.NOT_CAPTURED;
                }
                yield covers(left, operation.amount()) ? null : Refusal.AMOUNT_NOT_LEFT;
            }
        };
    }

    private static boolean covers(Money available, @Nullable Money asked) {
        return asked != null
                && asked.currency().equals(available.currency())
                && asked.amount().compareTo(available.amount()) <= 0;
    }
}
