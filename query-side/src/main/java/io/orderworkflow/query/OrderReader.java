package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.OrderPage;
import io.orderworkflow.api.order.OrderView;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;

/** Reads orders for whoever asks. */
final class OrderReader {

    private static final Map<String, String> SORTABLE = Map.of(
            "placedAt", "placedAt",
            "settledAt", "settledAt",
            "status", "status",
            "customerId", "customerId",
            "total", "total");
    private static final String KEY = "orderId";
    private static final Sort NEWEST_FIRST = Sort.by(Direction.DESC, "placedAt", KEY);

    private final OrderRows rows;

    OrderReader(OrderRows rows) {
        this.rows = rows;
    }

    @Nullable
    OrderView find(OrderId orderId) {
        return rows.findById(orderId.value()).map(OrderRow::view).orElse(null);
    }

    List<OrderView> findAll(Collection<UUID> orderIds) {
        return rows.findByOrderIdIn(orderIds).stream().map(OrderRow::view).toList();
    }

    OrderPage find(FindOrders query) {
        Pageable page = Pages.request(query.page(), query.size(), query.sort(), SORTABLE, NEWEST_FIRST, KEY);
        var found = rows.findAll((order, criteria, builder) -> matching(query, order, criteria, builder), page);
        return new OrderPage(found.map(OrderRow::view).getContent(), Pages.of(found));
    }

    private static Predicate matching(
            FindOrders query, Root<OrderRow> order, @Nullable CriteriaQuery<?> criteria, CriteriaBuilder builder) {
        List<Predicate> conditions = new ArrayList<>();
        if (!query.status().isEmpty()) {
            conditions.add(order.get("status").in(query.status()));
        }
        if (query.customerId() != null) {
            conditions.add(
                    builder.equal(order.get("customerId"), query.customerId().value()));
        }
        if (query.from() != null) {
            conditions.add(builder.greaterThanOrEqualTo(order.get("placedAt"), query.from()));
        }
        if (query.to() != null) {
            conditions.add(builder.lessThan(order.get("placedAt"), query.to()));
        }
        if (query.sku() != null && criteria != null) {
            Subquery<UUID> having = criteria.subquery(UUID.class);
            Root<OrderLineRow> line = having.from(OrderLineRow.class);
            having.select(line.get(KEY))
                    .where(builder.equal(line.get("sku"), query.sku().value()));
            conditions.add(order.get(KEY).in(having));
        }
        return builder.and(conditions.toArray(Predicate[]::new));
    }
}
