package io.orderworkflow.query;

import io.orderworkflow.api.Sort;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.query.OrderCounts.Rest;
import io.orderworkflow.query.OrderCounts.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds the orders of a page, and how many there are on all pages, in indexes alone: there is one for every order that
 * the list can have. In the order of time a page that is far behind is read from the hour on that it begins in.
 */
final class OrderSearch {

    /** Where finding the hour costs less than passing the orders before it. */
    private static final long FAR_BEHIND = 1_000;

    private static final String PLACED_AT = "placedAt";
    private static final Sort NEWEST_FIRST = new Sort(PLACED_AT, true);

    // Equals are sorted by the time of their placing, as the indexes are.
    private static final Map<String, List<String>> COLUMNS = Map.of(
            PLACED_AT,
            List.of("placed_at"),
            "settledAt",
            List.of("settled_at"),
            "status",
            List.of("status", "placed_at"),
            "customerId",
            List.of("customer_id", "placed_at"),
            "total",
            List.of("total", "placed_at"));

    private static final Map<String, String> OWN_COLUMNS = Map.of(
            "placed_order", "order_id, customer_id, total",
            "order_progress", "order_id, status, settled_at");

    private final JdbcTemplate jdbc;
    private final OrderCounts counts;

    OrderSearch(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.counts = new OrderCounts(jdbc);
    }

    /** How many orders are on all pages. */
    long total(FindOrders query) {
        if (!isNarrow(query)) {
            return counts.in(query.status(), spanOf(query));
        }
        Conditions conditions = conditions(query);
        Long total = jdbc.queryForObject(
                "select count(*) from " + tables(query, NEWEST_FIRST) + conditions.text(),
                Long.class,
                conditions.arguments());
        return total == null ? 0 : total;
    }

    /**
     * The orders of the page.
     *
     * @throws IllegalArgumentException if they cannot be sorted as asked
     */
    List<UUID> page(FindOrders query) {
        Sort sort = query.sort().property() == null ? NEWEST_FIRST : query.sort();
        long offset = (long) query.page() * query.size();
        if (isNarrow(query) || !PLACED_AT.equals(sort.property())) {
            Conditions conditions = conditions(query);
            return read(tables(query, sort) + conditions.text(), sort, conditions.arguments(query.size(), offset));
        }
        Optional<Rest> rest = offset < FAR_BEHIND
                ? Optional.of(new Rest(spanOf(query), offset))
                : counts.after(offset, query.status(), spanOf(query), sort.descending());
        return rest.map(left -> byTime(query, left, sort)).orElse(List.of());
    }

    private List<UUID> byTime(FindOrders query, Rest rest, Sort sort) {
        if (query.status().isEmpty()) {
            Conditions conditions = new Conditions().within("placed_at", rest.span());
            return read(
                    "orders.placed_order" + conditions.text(), sort, conditions.arguments(query.size(), rest.offset()));
        }
        // Each status has its orders in the order of time: of those the first ones of each will do.
        List<Object> arguments = new ArrayList<>();
        String firstOfEach = query.status().stream()
                .map(status -> {
                    // Not as one of a set: what is found of a set is in the index's order for no plan.
                    Conditions conditions = placed().and("status = ?::order_status", status.name())
                            .within("placed_at", rest.span());
                    arguments.addAll(Arrays.asList(conditions.arguments(rest.offset() + query.size())));
                    return "(select order_id, placed_at from orders.order_progress" + conditions.text() + orderBy(sort)
                            + " limit ?)";
                })
                .collect(Collectors.joining(" union all ", "(", ") as first_of_each"));
        arguments.addAll(List.of(query.size(), rest.offset()));
        return read(firstOfEach, sort, arguments.toArray());
    }

    private List<UUID> read(String from, Sort sort, Object[] arguments) {
        return jdbc.queryForList(
                "select order_id from " + from + orderBy(sort) + " limit ? offset ?", UUID.class, arguments);
    }

    private static String orderBy(Sort sort) {
        String direction = sort.descending() ? " desc" : "";
        return Stream.concat(columns(sort).stream(), Stream.of("order_id"))
                .map(column -> column + direction)
                .collect(Collectors.joining(", ", " order by ", ""));
    }

    private static List<String> columns(Sort sort) {
        List<String> columns = COLUMNS.get(sort.property());
        if (columns == null) {
            throw new IllegalArgumentException("cannot be sorted by " + sort.property());
        }
        return columns;
    }

    /** Whether only some orders are looked for, wherever they are in time. */
    private static boolean isNarrow(FindOrders query) {
        return query.customerId() != null || query.sku() != null;
    }

    private static Span spanOf(FindOrders query) {
        return new Span(query.from(), query.to());
    }

    // Which SKUs, what else was ordered, and how it stands are tables of their own: only those that are asked are read.
    private static String tables(FindOrders query, Sort sort) {
        List<String> tables = new ArrayList<>();
        if (query.sku() != null) {
            tables.add("order_sku");
        }
        if (query.customerId() != null || Set.of("customerId", "total").contains(sort.property())) {
            tables.add("placed_order");
        }
        if (!query.status().isEmpty() || Set.of("settledAt", "status").contains(sort.property())) {
            tables.add("order_progress");
        }
        // All of them know when the order was placed; the first one tells it.
        return tables.stream()
                .skip(1)
                .map(table -> " join (select %s from orders.%s) as %s using (order_id)"
                        .formatted(OWN_COLUMNS.get(table), table, table))
                .collect(Collectors.joining("", "orders." + (tables.isEmpty() ? "placed_order" : tables.get(0)), ""));
    }

    /** What else happened may be known before it is known that the order was placed. */
    private static Conditions placed() {
        return new Conditions().and("placed_at is not null");
    }

    private static Conditions conditions(FindOrders query) {
        Conditions conditions = placed().status(query.status()).within("placed_at", spanOf(query));
        if (query.customerId() != null) {
            conditions.and("customer_id = ?", query.customerId().value());
        }
        if (query.sku() != null) {
            conditions.and("sku = ?", query.sku().value());
        }
        return conditions;
    }
}
