package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindOrder;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Tells those who follow an order what has become of it. */
final class OrderUpdates {

    private final QueryUpdateEmitter emitter;
    private final OrderReader orders;
    private final CommittedChanges<OrderId> changes = new CommittedChanges<>(this::tell);

    OrderUpdates(QueryUpdateEmitter emitter, OrderReader orders) {
        this.emitter = emitter;
        this.orders = orders;
    }

    /** Tells of these orders when the batch has committed. */
    void tellOnceCommitted(Collection<OrderId> changed) {
        changes.add(changed);
    }

    private void tell(Set<OrderId> changed) {
        List<UUID> followed = emitter.activeSubscriptions().stream()
                .map(subscription -> subscription.getPayload())
                .filter(FindOrder.class::isInstance)
                .map(query -> ((FindOrder) query).orderId())
                .filter(changed::contains)
                .map(OrderId::value)
                .distinct()
                .toList();
        if (!followed.isEmpty()) {
            orders.findAll(followed)
                    .forEach(order -> emitter.emit(
                            FindOrder.class, query -> query.orderId().equals(order.orderId()), order));
        }
    }
}
