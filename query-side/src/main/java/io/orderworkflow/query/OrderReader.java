package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.FindOrdersById;
import io.orderworkflow.api.order.OrderPage;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.OrdersById;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Reads orders for whoever asks. */
final class OrderReader {

    private final OrderRows rows;
    private final OrderSearch search;

    OrderReader(OrderRows rows, OrderSearch search) {
        this.rows = rows;
        this.search = search;
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
    OrdersById handle(FindOrdersById query) {
        return new OrdersById(
                findAll(query.orderIds().stream().map(OrderId::value).toList()));
    }

    @QueryHandler
    OrderPage handle(FindOrders query) {
        List<UUID> found = search.page(query);
        Map<UUID, OrderView> views = findAll(found).stream()
                .collect(Collectors.toMap(view -> view.orderId().value(), Function.identity()));
        return new OrderPage(
                found.stream().map(views::get).filter(Objects::nonNull).toList(),
                Page.of(query.page(), query.size(), search.total(query)));
    }
}
