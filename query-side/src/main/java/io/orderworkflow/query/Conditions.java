package io.orderworkflow.query;

import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.query.OrderCounts.Span;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The conditions of a query, with their arguments. */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();

    /** In one of these states; in any if there are none. */
    Conditions status(Set<OrderStatus> status) {
        return status.isEmpty() ? this : and("status = any (?::order_status[])", arrayOf(status));
    }

    Conditions within(String column, Span span) {
        if (span.from() != null) {
            and(column + " >= ?", Timestamp.from(span.from()));
        }
        if (span.to() != null) {
            and(column + " < ?", Timestamp.from(span.to()));
        }
        return this;
    }

    Conditions and(String condition, Object... values) {
        conditions.add(condition);
        arguments.addAll(List.of(values));
        return this;
    }

    /** To be put behind the tables. */
    String text() {
        return conditions.isEmpty() ? "" : conditions.stream().collect(Collectors.joining(" and ", " where ", ""));
    }

    /** The arguments, with more behind them. */
    Object[] arguments(Object... more) {
        List<Object> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all.toArray();
    }

    private static String arrayOf(Set<OrderStatus> status) {
        return status.stream().map(OrderStatus::name).collect(Collectors.joining(",", "{", "}"));
    }
}
