package io.orderworkflow.payment.provider;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The calls that are still to be made, in the database, shared by all workers. A worker makes only those that it has a
 * lease of. Points in time are the database's: the clocks of the workers do not matter. Not final, for the simulator keeps
 * them in memory.
 */
class ProviderCalls {

    /** A worker that has stopped being alive has no lease, however long it was given. */
    private static final String FREE = """
            (c.leased_by is null or c.leased_until < now() or not exists (
                select from payment_provider_worker w where w.worker = c.leased_by and w.alive_until > now()))
            """;

    private static final String INSERT = """
            insert into payment_provider_call (payment_id, sequence_number, action, order_id, amount, currency, method,
                token, refund_id, refund_attempt, meta_data, requested_at, due_at, leased_by, leased_until)
            select *, clock_timestamp(), ?::text, clock_timestamp() + ?::bigint * interval '1 millisecond'
            from unnest(?::uuid[], ?::bigint[], ?::text[], ?::uuid[], ?::numeric[], ?::text[], ?::text[], ?::text[],
                ?::uuid[], ?::int[], ?::jsonb[], ?::timestamptz[])
            on conflict do nothing
            """;

    private static final String SUPERSEDE = """
            with latest as (
                select payment_id, max(sequence_number) as sequence_number
                from payment_provider_call where action = 'VOID' group by payment_id),
            superseded as (
                delete from payment_provider_call c using latest
                where c.payment_id = latest.payment_id and c.sequence_number < latest.sequence_number
                    and c.action <> 'REFUND' and %s
                returning c.payment_id, c.sequence_number, c.attempts),
            history as (
                select payment_id, jsonb_agg(attempt order by sequence_number, position) as attempts
                from superseded, jsonb_array_elements(attempts) with ordinality as e (attempt, position)
                group by payment_id)
            update payment_provider_call c set attempts = history.attempts || c.attempts
            from history join latest using (payment_id)
            where c.payment_id = history.payment_id and c.sequence_number = latest.sequence_number
            """.formatted(FREE);

    private static final String TAKE = """
            with taken as (
                select c.payment_id, c.sequence_number, c.leased_by is not null as left_behind
                from payment_provider_call c
                where c.due_at <= now() and (c.tries > 0) = ? and %s
                    and not exists (
                        select from payment_provider_call earlier
                        where earlier.payment_id = c.payment_id and earlier.sequence_number < c.sequence_number)
                order by c.due_at limit ?
                for update of c skip locked)
            update payment_provider_call c
            set leased_by = ?, leased_until = clock_timestamp() + ? * interval '1 millisecond'
            from taken where c.payment_id = taken.payment_id and c.sequence_number = taken.sequence_number
            returning c.*, taken.left_behind
            """.formatted(FREE);

    private static final String POSTPONE = """
            update payment_provider_call
            set due_at = clock_timestamp() + ? * interval '1 millisecond', leased_by = null, leased_until = null,
                attempts = ?::jsonb, answer = ?::jsonb, tries = ?, refusals = ?
            where payment_id = ? and sequence_number = ? and leased_by = ?
            """;

    // The payments are given twice: by a plan that was made while the table was empty, the join alone would compare
    // each call that there is by now with each that is done.
    private static final String DELETE = """
            delete from payment_provider_call c using unnest(?::uuid[], ?::bigint[]) as done (payment_id, sequence_number)
            where c.payment_id = any (?::uuid[])
                and c.payment_id = done.payment_id and c.sequence_number = done.sequence_number
            """;

    private static final String BACKLOG = """
            select count(*) filter (where tries > 0 and leased_by is null) as waiting,
                coalesce(extract(epoch from now() - min(requested_at)), 0) as oldest
            from payment_provider_call
            """;

    private final JdbcTemplate jdbc;

    ProviderCalls(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds calls, leased from the beginning. A call that is there already stays as it is.
     *
     * @param lease whose they are, and for how long; {@code null} if they are to wait for whoever takes them
     */
    void add(Collection<Requested> calls, @Nullable Lease lease) {
        if (calls.isEmpty()) {
            return;
        }
        List<ProviderCall> all = calls.stream().map(Requested::call).toList();
        jdbc.update(
                INSERT,
                lease == null ? null : lease.worker(),
                lease == null ? null : lease.duration().toMillis(),
                column(all, call -> call.id().paymentId().value(), UUID[]::new),
                column(all, call -> call.id().sequenceNumber(), Long[]::new),
                column(all, call -> call.action().name(), String[]::new),
                column(all, call -> call.orderId().value(), UUID[]::new),
                column(all, call -> call.amount().amount(), BigDecimal[]::new),
                column(all, call -> call.amount().currency().getCurrencyCode(), String[]::new),
                column(all, call -> call.means() == null ? null : call.means().method(), String[]::new),
                column(all, call -> call.means() == null ? null : call.means().token(), String[]::new),
                column(
                        all,
                        call -> call.refund() == null
                                ? null
                                : call.refund().refundId().value(),
                        UUID[]::new),
                column(all, call -> call.refund() == null ? null : call.refund().attempt(), Integer[]::new),
                column(all, call -> ProviderCallJson.ofMetaData(call.metaData()), String[]::new),
                column(calls, requested -> Timestamp.from(requested.at()), Timestamp[]::new));
    }

    private static <T, C> C[] column(Collection<T> rows, Function<T, @Nullable C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    /**
     * For the rest of the transaction: a plan made while the table was empty, as it mostly is, would be a bad one when it
     * has filled.
     */
    void planAfresh() {
        jdbc.execute("set local plan_cache_mode = force_custom_plan");
    }

    /**
     * Removes the calls that nobody makes at the moment and that a later void of the same payment has made pointless.
     * The void takes over the record of their attempts. A call that is under way stays, and the void waits for it. So
     * does a refund: whoever asked for it wants to hear what became of it, and the void gives back what it leaves.
     */
    void removeSuperseded() {
        jdbc.update(SUPERSEDE);
    }

    /**
     * Takes calls that are due, and that no earlier call of the same payment stands before.
     *
     * @param triedBefore whether to take those that were tried in vain, or those that were not tried yet
     * @param most how many at most
     * @param lease on whose behalf, and for how long
     */
    List<Taken> take(boolean triedBefore, int most, Lease lease) {
        return jdbc.query(
                TAKE,
                (row, number) -> new Taken(call(row), row.getBoolean("left_behind")),
                triedBefore,
                most,
                lease.worker(),
                lease.duration().toMillis());
    }

    /** Gives back calls of that worker, to be made later by anybody. Those that others have taken over are left alone. */
    void postpone(Collection<Postponed> postponed, String worker) {
        jdbc.batchUpdate(POSTPONE, postponed, postponed.size(), (statement, one) -> {
            ProviderCall call = one.call();
            statement.setLong(1, one.delay().toMillis());
            statement.setString(2, ProviderCallJson.ofAttempts(call.attempts()));
            statement.setString(3, ProviderCallJson.ofAnswer(call.answer()));
            statement.setInt(4, call.tries());
            statement.setInt(5, call.refusals());
            statement.setObject(6, call.id().paymentId().value());
            statement.setLong(7, call.id().sequenceNumber());
            statement.setString(8, worker);
        });
    }

    /** Removes calls whose answers are recorded. */
    void delete(Collection<ProviderCall.Id> done) {
        jdbc.update(DELETE, statement -> {
            Array payments = array(
                    statement,
                    "uuid",
                    done.stream().map(id -> id.paymentId().value()).toArray());
            statement.setArray(1, payments);
            statement.setArray(
                    2,
                    array(
                            statement,
                            "bigint",
                            done.stream().map(ProviderCall.Id::sequenceNumber).toArray()));
            statement.setArray(3, payments);
        });
    }

    private static Array array(PreparedStatement statement, String type, Object[] values) throws SQLException {
        return statement.getConnection().createArrayOf(type, values);
    }

    /** How much there is to do. */
    Backlog backlog() {
        return jdbc.query(
                        BACKLOG,
                        (row, number) -> new Backlog(
                                row.getLong("waiting"), Duration.ofMillis((long) (row.getDouble("oldest") * 1000))))
                .get(0);
    }

    private static ProviderCall call(ResultSet row) throws SQLException {
        String method = row.getString("method");
        String token = row.getString("token");
        UUID refundId = row.getObject("refund_id", UUID.class);
        return new ProviderCall(
                new ProviderCall.Id(
                        new PaymentId(row.getObject("payment_id", UUID.class)), row.getLong("sequence_number")),
                Action.valueOf(row.getString("action")),
                new OrderId(row.getObject("order_id", UUID.class)),
                money(row.getBigDecimal("amount"), row.getString("currency")),
                method == null || token == null ? null : new ProviderCall.Means(method, token),
                refundId == null ? null : new ProviderCall.Refund(new RefundId(refundId), row.getInt("refund_attempt")),
                ProviderCallJson.metaData(row.getString("meta_data")),
                ProviderCallJson.attempts(row.getString("attempts")),
                ProviderCallJson.answer(row.getString("answer")),
                row.getInt("tries"),
                row.getInt("refusals"));
    }

    private static Money money(BigDecimal amount, String currency) {
        return new Money(amount, Currency.getInstance(currency));
    }

    /**
     * A call that was asked for.
     *
     * @param call what is to be made
     * @param at when it was asked for
     */
    record Requested(ProviderCall call, Instant at) {}

    /**
     * A call that was taken by a worker.
     *
     * @param call what is to be made
     * @param leftBehind whether another worker had it before and did not finish: it may have been made
     */
    record Taken(ProviderCall call, boolean leftBehind) {}

    /**
     * A call that is given back.
     *
     * @param call as it stands now
     * @param delay after which it is due
     */
    record Postponed(ProviderCall call, Duration delay) {}

    /**
     * The right to make a call.
     *
     * @param worker whose
     * @param duration for how long, if the worker lives that long
     */
    record Lease(String worker, Duration duration) {}

    /**
     * How much there is to do.
     *
     * @param waiting calls that were tried in vain and wait for being tried again
     * @param oldest for how long the oldest call has not been finished
     */
    record Backlog(long waiting, Duration oldest) {}
}
