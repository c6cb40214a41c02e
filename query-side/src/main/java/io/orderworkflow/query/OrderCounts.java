package io.orderworkflow.query;

import static java.time.temporal.ChronoUnit.HOURS;

import io.orderworkflow.api.order.OrderStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** How many orders there are: added up from what is kept for every hour, and counted where an hour is not whole. */
final class OrderCounts {

    private final JdbcTemplate jdbc;

    OrderCounts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How many orders in one of these states, or in any if there are none, were placed in that time. */
    long in(Set<OrderStatus> status, Span span) {
        return span.parts().stream()
                .mapToLong(part -> part.isHours() ? hours(status, part) : count(status, part))
                .sum();
    }

    /**
     * Where to begin to read, for not to pass all the orders that are before it in the order of their placing.
     *
     * @param offset how many orders are before it
     * @return what is left to read, and how many orders are still to be passed there; nothing if there are not so many
     */
    Optional<Rest> after(long offset, Set<OrderStatus> status, Span span, boolean descending) {
        List<Slice> slices = new ArrayList<>();
        for (Span part : span.parts()) {
            if (part.isHours()) {
                slices.addAll(byHour(status, part));
            } else {
                slices.add(new Slice(part, count(status, part)));
            }
        }
        if (descending) {
            Collections.reverse(slices);
        }
        long toPass = offset;
        for (Slice slice : slices) {
            if (toPass < slice.orders()) {
                return Optional.of(new Rest(
                        descending
                                ? new Span(span.from(), slice.span().to())
                                : new Span(slice.span().from(), span.to()),
                        toPass));
            }
            toPass -= slice.orders();
        }
        return Optional.empty();
    }

    private long hours(Set<OrderStatus> status, Span hours) {
        Conditions conditions = conditions(status, hours, "hour");
        return number("select coalesce(sum(orders), 0) from orders.order_count" + conditions.text(), conditions);
    }

    private List<Slice> byHour(Set<OrderStatus> status, Span hours) {
        Conditions conditions = conditions(status, hours, "hour");
        return jdbc.query(
                "select hour, sum(orders) from orders.order_count" + conditions.text() + " group by hour order by hour",
                (row, number) -> {
                    Instant hour = row.getTimestamp(1).toInstant();
                    return new Slice(new Span(hour, hour.plus(1, HOURS)), row.getLong(2));
                },
                conditions.arguments());
    }

    private long count(Set<OrderStatus> status, Span span) {
        String table = status.isEmpty() ? "orders.placed_order" : "orders.order_progress";
        Conditions conditions = conditions(status, span, "placed_at");
        return number("select count(*) from " + table + conditions.text(), conditions);
    }

    private long number(String sql, Conditions conditions) {
        Long number = jdbc.queryForObject(sql, Long.class, conditions.arguments());
        return number == null ? 0 : number;
    }

    private static Conditions conditions(Set<OrderStatus> status, Span span, String time) {
        return new Conditions().status(status).within(time, span);
    }

    private record Slice(Span span, long orders) {}

    /**
     * What is left of a list.
     *
     * @param span the time that it is in
     * @param offset how many orders are to be passed there
     */
    record Rest(Span span, long offset) {}

    /**
     * A time.
     *
     * @param from its first instant, {@code null} for the beginning of all times
     * @param to the first instant behind it, {@code null} for their end
     */
    record Span(@Nullable Instant from, @Nullable Instant to) {

        /** Whole hours, and what is before and behind them; the oldest first. */
        List<Span> parts() {
            Instant first = from == null ? null : ceiling(from);
            Instant last = to == null ? null : to.truncatedTo(HOURS);
            if (first != null && last != null && !first.isBefore(last)) {
                return List.of(this);
            }
            List<Span> parts = new ArrayList<>();
            if (from != null && !from.equals(first)) {
                parts.add(new Span(from, first));
            }
            parts.add(new Span(first, last));
            if (to != null && !to.equals(last)) {
                parts.add(new Span(last, to));
            }
            return parts;
        }

        private static Instant ceiling(Instant instant) {
            Instant hour = instant.truncatedTo(HOURS);
            return hour.equals(instant) ? hour : hour.plus(1, HOURS);
        }

        boolean isHours() {
            return isHour(from) && isHour(to);
        }

        private static boolean isHour(@Nullable Instant instant) {
            return instant == null || instant.equals(instant.truncatedTo(HOURS));
        }
    }
}
