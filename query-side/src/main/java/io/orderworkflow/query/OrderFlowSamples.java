package io.orderworkflow.query;

import io.orderworkflow.api.order.OrderFlow;
import io.orderworkflow.api.order.OrderFlow.Durations;
import io.orderworkflow.api.order.OrderFlow.Stage;
import io.orderworkflow.api.order.RejectionReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What has to be read from the orders themselves. Of many, a part is read: the window is cut into pieces, and a part of
 * each is looked at, now at its beginning and now further behind. So the index leads to these orders alone.
 */
final class OrderFlowSamples {

    private static final int PIECES = 500;

    // The golden section never falls into step with anything, as with what happens at every full minute.
    private static final String SAMPLED = """
            with part as (
                select begins, begins + share * length as ends
                from (select ?::timestamptz, ?::double precision, ? * interval '1 microsecond')
                        as cut (start, share, length),
                    generate_series(0, ? - 1) as number,
                    lateral (select start + (number + mod(number * 0.6180339887, 1) * (1 - share)) * length)
                        as piece (begins)
            )
            """;

    private static final String REASONS = SAMPLED + """
            select reason::json ->> 'code', count(*)
            from part cross join lateral (
                select reason from orders.order_progress
                where status = 'REJECTED' and placed_at >= begins and placed_at < ends
                offset 0
            ) as rejected
            group by 1
            """;

    private static final String DURATIONS = SAMPLED + """
            , finished as (
                select progress.placed_at, settled_at, requested_at, authorized_at, captured_at,
                    progress.status <> 'REJECTED' as confirmed
                from part cross join lateral (
                    select order_id, order_progress.status, placed_at, settled_at from orders.order_progress
                    where status in ('CONFIRMED', 'SHIPPED', 'DELIVERED', 'REJECTED')
                        and placed_at >= begins and placed_at < ends
                    offset 0
                ) as progress
                cross join lateral (
                    select payment_id from orders.placed_order where order_id = progress.order_id limit 1
                ) as placed
                left join lateral (
                    select requested_at, authorized_at, captured_at from orders.payment_view
                    where payment_id = placed.payment_id limit 1
                ) as paid on true
            ), took (stage, duration) as (
                select stage, greatest(0, round(extract(epoch from ended - began) * 1000))::bigint
                from finished, lateral (values
                    ('SETTLE', placed_at, settled_at),
                    ('RESERVE', placed_at, requested_at),
                    ('AUTHORIZE', requested_at, authorized_at),
                    ('CAPTURE', authorized_at, captured_at),
                    ('CONFIRM', case when confirmed then captured_at end, settled_at)) as stages (stage, began, ended)
                where ended - began is not null
            )
            select stage, count(*), percentile_disc(array[0.5, 0.95, 0.99]) within group (order by duration)
            from took group by stage
            """;

    // How many orders a part of the window has, the planner cannot know: it would rather read whole tables, or compile.
    // So
    // it is told not to, and offsets and limits keep it from turning things round.
    private static final String BY_INDEX = """
            select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'jit']) as name
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate byIndex;

    OrderFlowSamples(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.byIndex = new TransactionTemplate(transactions);
        byIndex.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Why so many orders were rejected, each reason with how many they are, as estimated if they are many. */
    Map<RejectionReason.Code, Long> reasons(Instant from, Instant to, long rejected) {
        Map<RejectionReason.Code, Long> found = new EnumMap<>(RejectionReason.Code.class);
        read(
                REASONS,
                row -> found.put(RejectionReason.Code.valueOf(row.getString(1)), row.getLong(2)),
                arguments(from, to, rejected));
        long inSample = found.values().stream().mapToLong(Long::longValue).sum();
        if (rejected > OrderFlow.LARGEST_SAMPLE && inSample > 0) {
            found.replaceAll((reason, orders) -> Math.round((double) orders * rejected / inSample));
        }
        return found;
    }

    /** How long each stage took of so many orders. */
    List<Durations> durations(Instant from, Instant to, long finished) {
        Map<Stage, Durations> found = new EnumMap<>(Stage.class);
        read(
                DURATIONS,
                row -> {
                    Durations durations = durations(row);
                    found.put(durations.stage(), durations);
                },
                arguments(from, to, finished));
        List<Durations> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            all.add(found.getOrDefault(stage, new Durations(stage, 0, null, null, null)));
        }
        return all;
    }

    private void read(String sql, RowCallbackHandler rows, Object... arguments) {
        byIndex.executeWithoutResult(status -> {
            jdbc.query(BY_INDEX, setting -> {});
            jdbc.query(sql, rows, arguments);
        });
    }

    private static Durations durations(ResultSet row) throws SQLException {
        @Nullable Long[] percentiles = (Long[]) row.getArray(3).getArray();
        return new Durations(
                Stage.valueOf(row.getString(1)), row.getLong(2), percentiles[0], percentiles[1], percentiles[2]);
    }

    private static Object[] arguments(Instant from, Instant to, long orders) {
        boolean all = orders <= OrderFlow.LARGEST_SAMPLE;
        int pieces = all ? 1 : PIECES;
        double share = all ? 1 : (double) OrderFlow.LARGEST_SAMPLE / orders;
        return new Object[] {Timestamp.from(from), share, ChronoUnit.MICROS.between(from, to) / pieces, pieces};
    }
}
