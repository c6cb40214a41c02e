package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The provider's books, in the database. */
final class LedgerTable {

    /** Any number that nobody else locks by. */
    private static final long LOCK = 7_206_311_148L;

    private static final String LINES = """
            select idempotency_key, payment_id, action, amount, currency, token, refusal
            from built_in_provider_ledger
            where idempotency_key = any(?) or payment_id = any(?)
            order by line
            """;

    private static final String INSERT = """
            insert into built_in_provider_ledger (idempotency_key, payment_id, action, amount, currency, token, refusal)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SUMMARY = """
            select count(*) filter (where action = 'AUTHORIZATION' and refusal is null) as authorizations,
                count(*) filter (where action = 'AUTHORIZATION' and refusal is not null) as declined,
                count(*) filter (where action = 'CAPTURE' and refusal is null) as captures,
                count(*) filter (where action = 'VOID' and refusal is null) as voids,
                count(*) filter (where action in ('VOID', 'REFUND') and refusal is null and amount is not null) as refunds,
                count(*) filter (where action = 'CAPTURE' and refusal = 'already_captured') as double_capture_attempts,
                (select count(*) from (
                    select from built_in_provider_ledger where action = 'CAPTURE' and refusal is null
                    group by payment_id having count(*) > 1) as twice) as payments_captured_twice,
                (select count(*) from (
                    select from built_in_provider_ledger where refusal is null and amount is not null
                    group by payment_id
                    having coalesce(sum(amount) filter (where action in ('VOID', 'REFUND')), 0)
                        > coalesce(sum(amount) filter (where action = 'CAPTURE'), 0)) as over)
                    as payments_refunded_beyond_capture
            from built_in_provider_ledger
            """;

    private final JdbcTemplate jdbc;

    LedgerTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps other processes from writing until the transaction ends: what a line may say depends on those before. */
    void lock() {
        jdbc.query("select pg_advisory_xact_lock(?)", row -> {}, LOCK);
    }

    /** The lines of these operations, and all lines of these payments, in the order in which they were written. */
    List<Line> lines(Collection<String> idempotencyKeys, Collection<UUID> paymentIds) {
        return jdbc.query(
                LINES,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("text", idempotencyKeys.toArray()));
                    statement.setArray(2, statement.getConnection().createArrayOf("uuid", paymentIds.toArray()));
                },
                (row, number) -> line(row));
    }

    void add(Collection<Line> lines) {
        jdbc.batchUpdate(INSERT, lines, lines.size(), (statement, line) -> {
            Money amount = line.amount();
            statement.setString(1, line.idempotencyKey());
            statement.setObject(2, line.paymentId());
            statement.setString(3, line.action().name());
            statement.setObject(4, amount == null ? null : amount.amount(), Types.NUMERIC);
            statement.setString(5, amount == null ? null : amount.currency().getCurrencyCode());
            statement.setString(6, line.token());
            statement.setString(
                    7, line.refusal() == null ? null : line.refusal().code());
        });
    }

    Summary summary() {
        return jdbc.query(
                        SUMMARY,
                        (row, number) -> new Summary(
                                row.getLong("authorizations"),
                                row.getLong("declined"),
                                row.getLong("captures"),
                                row.getLong("voids"),
                                row.getLong("refunds"),
                                row.getLong("double_capture_attempts"),
                                row.getLong("payments_captured_twice"),
                                row.getLong("payments_refunded_beyond_capture")))
                .get(0);
    }

    private static Line line(ResultSet row) throws SQLException {
        String refusal = row.getString("refusal");
        return new Line(
                row.getString("idempotency_key"),
                row.getObject("payment_id", UUID.class),
                Operation.Action.valueOf(row.getString("action")),
                money(row.getBigDecimal("amount"), row.getString("currency")),
                row.getString("token"),
                refusal == null ? null : Refusal.valueOf(refusal.toUpperCase(Locale.ROOT)));
    }

    private static @Nullable Money money(@Nullable BigDecimal amount, @Nullable String currency) {
        return amount == null || currency == null ? null : new Money(amount, Currency.getInstance(currency));
    }

    /**
     * What the books add up to.
     *
     * @param authorizations payments that money was held for
     * @param declined authorisations that were refused
     * @param captures how often money was taken
     * @param voids payments that were undone, repetitions included
     * @param refunds how often money was given back
     * @param doubleCaptureAttempts how often money was to be taken that was taken before
     * @param paymentsCapturedTwice payments whose money was taken more than once; anything but 0 is a fault
     * @param paymentsRefundedBeyondCapture payments of which more was given back than taken; anything but 0 is a fault
     */
    record Summary(
            long authorizations,
            long declined,
            long captures,
            long voids,
            long refunds,
            long doubleCaptureAttempts,
            long paymentsCapturedTwice,
            long paymentsRefundedBeyondCapture) {}
}
