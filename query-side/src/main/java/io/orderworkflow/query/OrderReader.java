package io.orderworkflow.query;

import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.OrderPage;
import io.orderworkflow.api.order.OrderView;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.jspecify.annotations.Nullable;

/** Reads orders for whoever asks. */
final class OrderReader {

    private static final String PLACED_AT = "placedAt";
    private static final String STATUS = "status";
    private static final String CUSTOMER_ID = "customerId";

    // Equals are sorted by the time of their placing, as the indexes are.
    private static final Sorting SORTING = Sorting.naturally(PLACED_AT, true)
            .by(PLACED_AT, PLACED_AT)
            .by("settledAt", "settledAt")
            .by(STATUS, STATUS, "placedAtByStatus")
            .by(CUSTOMER_ID, CUSTOMER_ID, PLACED_AT)
            .by("total", "total", PLACED_AT)
            .thenBy("orderId");

    private final OrderRows rows;

    OrderReader(OrderRows rows) {
        this.rows = rows;
    }

    @QueryHandler
    @Nullable
    OrderView handle(FindOrder query) {
        return rows.findById(query.orderId().value()).map(OrderRow::view).orElse(null);
    }

    List<OrderView> findAll(Collection<UUID> orderIds) {
        return rows.findByOrderIds(orderIds.toArray(UUID[]::new)).stream()
                .map(OrderRow::view)
                .toList();
    }

    @QueryHandler
    OrderPage handle(FindOrders query) {
        var found = rows.findAll(
                (order, criteria, builder) -> matching(query, order, builder),
                Pages.request(query.page(), query.size(), SORTING.of(query.sort())));
        return new OrderPage(found.map(OrderRow::view).getContent(), Pages.of(query.page(), found));
    }

    private static Predicate matching(FindOrders query, Root<OrderRow> order, CriteriaBuilder builder) {
        List<Predicate> conditions = new ArrayList<>();
        if (!query.status().isEmpty()) {
            conditions.add(order.get(STATUS).in(query.status()));
        }
        if (query.customerId() != null) {
            conditions.add(
                    builder.equal(order.get(CUSTOMER_ID), query.customerId().value()));
        }
        if (query.from() != null) {
            conditions.add(builder.greaterThanOrEqualTo(order.get(PLACED_AT), query.from()));
        }
        if (query.to() != null) {
            conditions.add(builder.lessThan(order.get(PLACED_AT), query.to()));
        }
        if (query.sku() != null) {
            conditions.add(((HibernateCriteriaBuilder) builder)
                    .arrayContains(order.get("skus"), query.sku().value()));
        }
        return builder.and(conditions.toArray(Predicate[]::new));
    }
}
