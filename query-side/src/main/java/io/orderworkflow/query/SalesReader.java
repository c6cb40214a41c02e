package io.orderworkflow.query;

import io.orderworkflow.api.order.FindSales;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.SalesReport;
import io.orderworkflow.api.order.SalesReport.Item;
import io.orderworkflow.query.OrderCounts.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tells what was sold. */
final class SalesReader {

    private static final Set<OrderStatus> SOLD =
            Set.of(OrderStatus.CONFIRMED, OrderStatus.SHIPPED, OrderStatus.DELIVERED);

    private static final String DAY = "to_char(placed_at at time zone 'UTC', 'YYYY-MM-DD')";

    private static final String LIMITED = " group by 1, 2 order by 1, 2 limit " + (SalesReport.MAX_ITEMS + 1);

    private static final String BY_SKU = """
            select line ->> 'sku' collate "C", placed_order.currency, count(distinct order_id), sum(quantity), sum(quantity * price)
            from orders.placed_order
            join orders.order_progress as progress using (order_id)
            cross join lateral jsonb_array_elements(lines::jsonb) as line
            cross join lateral (
                select (line ->> 'quantity')::bigint, (line -> 'unitPrice' ->> 'amount')::numeric
            ) as sold (quantity, price)
            """;

    private final JdbcTemplate jdbc;

    SalesReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    SalesReport handle(FindSales query) {
        Span span = new Span(query.from(), query.to());
        List<Item> items = switch (query.by()) {
            case DAY -> added(DAY, SOLD, span);
            case STATUS -> added("status::text", Set.of(), span);
            case SKU -> bySku(span);
        };
        boolean complete = items.size() <= SalesReport.MAX_ITEMS;
        return new SalesReport(
                query.from(),
                query.to(),
                query.by(),
                complete ? items : items.subList(0, SalesReport.MAX_ITEMS),
                complete);
    }

    /** From what is kept for every hour, and from the orders themselves where an hour is not whole. */
    private List<Item> added(String key, Set<OrderStatus> status, Span span) {
        List<Object> arguments = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (Span part : span.parts()) {
            boolean hours = part.isHours();
            Conditions conditions = new Conditions().status(status).within(hours ? "hour" : "placed_at", part);
            parts.add((hours
                            ? "select hour as placed_at, status, currency, orders, total from orders.order_count"
                            : "select placed_at, status, currency, 1 as orders, total from orders.order_progress")
                    + conditions.text());
            arguments.addAll(List.of(conditions.arguments()));
        }
        return jdbc.query(
                "select " + key + ", currency, sum(orders), null::bigint, sum(total) from ("
                        + String.join(" union all ", parts) + ") as parts where orders <> 0" + LIMITED,
                SalesReader::item,
                arguments.toArray());
    }

    private List<Item> bySku(Span span) {
        Conditions conditions = new Conditions().status(SOLD).within("placed_order.placed_at", span);
        return jdbc.query(BY_SKU + conditions.text() + LIMITED, SalesReader::item, conditions.arguments());
    }

    private static Item item(ResultSet row, int number) throws SQLException {
        return new Item(
                row.getString(1), row.getLong(3), pieces(row), Amounts.money(row.getBigDecimal(5), row.getString(2)));
    }

    private static @Nullable Long pieces(ResultSet row) throws SQLException {
        long pieces = row.getLong(4);
        return row.wasNull() ? null : pieces;
    }
}
