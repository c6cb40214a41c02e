package io.orderworkflow.payment.builtin;

import io.orderworkflow.payment.PaymentDatabase;
import java.net.URI;
import java.time.Duration;

/** The built-in provider, running, for tests of what calls it. */
public final class RunningBuiltInProvider implements AutoCloseable {

    private final LedgerTable table;
    private final Ledger ledger;
    private final BuiltInProviderServer server;

    /** Starts it, with its books in that database. */
    public RunningBuiltInProvider(PaymentDatabase database) {
        table = new LedgerTable(database.jdbc());
        ledger = new Ledger(table, database.transactions(), Duration.ofMillis(1));
        server = new BuiltInProviderServer(ledger, table, new Cashier(Behaviour::byToken), 0);
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

    @Override
    public void close() {
        server.close();
        ledger.close();
    }
}
