package io.orderworkflow.query;

import io.orderworkflow.api.order.FindOrderFlow;
import io.orderworkflow.api.order.FindOrderFlow.Window;
import io.orderworkflow.api.order.OrderFlow;
import io.orderworkflow.api.order.OrderFlow.Outcome;
import io.orderworkflow.api.order.OrderFlow.Rate;
import io.orderworkflow.api.order.OrderFlow.Share;
import io.orderworkflow.api.order.OrderStatus;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Tells how orders flow. Whole hours are added up from what is kept for every hour; a window of less than that is counted
 * in the index by status. Nothing is kept for this that was not kept anyway, but for two times of a payment.
 */
final class OrderFlowReader {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final String COUNTED = """
            select date_bin(? * interval '1 second', placed_at, ?), status, count(*)
            from orders.order_progress
            where status = any (enum_range(null::order_status)) and placed_at >= ? and placed_at < ?
            group by 1, 2
            """;
    private static final String ADDED_UP = """
            select date_bin(? * interval '1 second', hour, ?), status, sum(orders)
            from orders.order_count
            where hour >= ? and hour < ?
            group by 1, 2
            """;

    private final JdbcTemplate jdbc;
    private final OrderFlowSamples samples;
    private final Clock clock;

    OrderFlowReader(JdbcTemplate jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.samples = new OrderFlowSamples(jdbc, transactions);
        this.clock = clock;
    }

    @QueryHandler
    OrderFlow handle(FindOrderFlow query) {
        Window window = query.window();
        Instant to = clock.instant();
        long slice = window.slice().toSeconds();
        Instant from = Instant.ofEpochSecond(Math.floorDiv(to.getEpochSecond(), slice) * slice)
                .minus(window.length());
        Counts counts = count(window, from, to);
        return new OrderFlow(
                window,
                from,
                to,
                counts.all(),
                counts.rates(window.slice(), from, to),
                shares(counts, from, to),
                samples.durations(from, to, counts.of(Outcome.CONFIRMED) + counts.of(Outcome.REJECTED)));
    }

    private Counts count(Window window, Instant from, Instant to) {
        boolean wholeHours = window.slice().compareTo(HOUR) >= 0;
        long slices = window.length().dividedBy(window.slice()) + 1;
        Counts counts = new Counts((int) slices);
        jdbc.query(
                wholeHours ? ADDED_UP : COUNTED,
                row -> {
                    long slice = Duration.between(from, row.getTimestamp(1).toInstant())
                            .dividedBy(window.slice());
                    counts.add((int) slice, outcome(OrderStatus.valueOf(row.getString(2))), row.getLong(3));
                },
                window.slice().toSeconds(),
                Timestamp.from(from),
                Timestamp.from(from),
                Timestamp.from(to));
        return counts;
    }

    private static Outcome outcome(OrderStatus status) {
        return switch (status) {
            case PLACED, RESERVED -> Outcome.OPEN;
            case CONFIRMED, SHIPPED, DELIVERED -> Outcome.CONFIRMED;
            case REJECTED -> Outcome.REJECTED;
            case CANCELLED -> Outcome.CANCELLED;
        };
    }

    private List<Share> shares(Counts counts, Instant from, Instant to) {
        List<Share> shares = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long orders = counts.of(outcome);
            if (orders == 0) {
                continue;
            }
            if (outcome == Outcome.REJECTED) {
                samples.reasons(from, to, orders)
                        .forEach((reason, some) -> shares.add(new Share(outcome, reason, some, share(some, counts))));
            } else {
                shares.add(new Share(outcome, null, orders, share(orders, counts)));
            }
        }
        return shares;
    }

    private static double share(long orders, Counts counts) {
        return (double) orders / counts.all();
    }

    /** How many orders there are: placed in each slice, and standing at each outcome. */
    private static final class Counts {

        private final long[] bySlice;
        private final Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);

        Counts(int slices) {
            bySlice = new long[slices];
        }

        void add(int slice, Outcome outcome, long orders) {
            bySlice[slice] += orders;
            byOutcome.merge(outcome, orders, Long::sum);
        }

        long of(Outcome outcome) {
            return byOutcome.getOrDefault(outcome, 0L);
        }

        long all() {
            return byOutcome.values().stream().mapToLong(Long::longValue).sum();
        }

        List<Rate> rates(Duration slice, Instant from, Instant to) {
            return IntStream.range(0, bySlice.length)
                    .mapToObj(number -> {
                        Instant begins = from.plus(slice.multipliedBy(number));
                        Duration passed = Duration.between(begins, to);
                        Duration length = passed.compareTo(slice) < 0 ? passed : slice;
                        // A slice that has just begun tells nothing yet: one order would be thousands a second.
                        double seconds = Math.max(1, length.toMillis() / 1_000.0);
                        return new Rate(begins, bySlice[number], bySlice[number] / seconds);
                    })
                    .toList();
        }
    }
}
