package io.orderworkflow.payment.builtin;

import io.orderworkflow.payment.PaymentDatabase;
import io.orderworkflow.payment.builtin.Operation.Action;
import java.net.URI;
import java.time.Duration;

/** The built-in provider, running, for tests of what calls it. */
public final class RunningBuiltInProvider implements AutoCloseable {

    private final LedgerTable table;
    private final Ledger ledger;
    private final BuiltInProviderServer server;

    private volatile boolean refusing;
    private volatile boolean losing;

    /** Starts it, with its books in that database. */
    public RunningBuiltInProvider(PaymentDatabase database) {
        table = new LedgerTable(database.jdbc());
        ledger = new Ledger(table, database.transactions(), Duration.ofMillis(1));
        server = new BuiltInProviderServer(ledger, table, new Cashier(this::conduct), 0);
    }

    private Conduct conduct(Operation operation, Account account, CallCounter calls) {
        boolean givesBack = operation.action() == Action.REFUND || operation.action() == Action.VOID;
        if (givesBack && refusing) {
            return Conduct.refuse(Refusal.REFUND_FAILED);
        }
        return operation.action() == Action.REFUND && losing
                ? Conduct.LOSE_ANSWER
                : Behaviour.byToken(operation, account, calls);
    }

    /** Refuses to give money back from now on, whatever the token; or does so no longer. */
    public void refuseToGiveBack(boolean refuse) {
        refusing = refuse;
    }

    /** Refunds from now on what it is asked to, but nobody hears of it. */
    public void loseAnswersToRefunds() {
        losing = true;
    }

    /** Where it listens. */
    public URI uri() {
        return server.uri();
    }

    /** How often it took money. */
    public long captures() {
        return table.summary().captures();
    }

    /** How often it was asked to take money that it had taken before, under another key. */
    public long doubleCaptureAttempts() {
        return table.summary().doubleCaptureAttempts();
    }

    /** How many payments it holds, or held, money for. */
    public long authorizations() {
        return table.summary().authorizations();
    }

    /** How often it undid a payment. */
    public long voids() {
        return table.summary().voids();
    }

    /** How often it gave money back. */
    public long refunds() {
        return table.summary().refunds();
    }

    /** Of how many payments it gave back more than it took. */
    public long paymentsRefundedBeyondCapture() {
        return table.summary().paymentsRefundedBeyondCapture();
    }

    @Override
    public void close() {
        server.close();
        ledger.close();
    }
}
