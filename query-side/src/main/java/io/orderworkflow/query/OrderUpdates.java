package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindOrder;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SubscriptionQueryMessage;

/** Tells those who follow an order what has become of it, once that can be read. */
final class OrderUpdates {

    private final QueryUpdateEmitter emitter;
    private final OrderReader orders;

    OrderUpdates(QueryUpdateEmitter emitter, OrderReader orders) {
        this.emitter = emitter;
        this.orders = orders;
    }

    /** Tells of these orders when the batch has committed. */
    void afterCommit(Set<OrderId> changed) {
        Set<OrderId> orderIds = Set.copyOf(changed);
        CurrentUnitOfWork.get().root().afterCommit(committed -> tell(orderIds));
    }

    private void tell(Set<OrderId> changed) {
        List<UUID> followed = emitter.activeSubscriptions().stream()
                .map(SubscriptionQueryMessage::getPayload)
                .filter(FindOrder.class::isInstance)
                .map(query -> ((FindOrder) query).orderId())
                .filter(changed::contains)
                .map(OrderId::value)
                .distinct()
                .collect(Collectors.toList());
        if (!followed.isEmpty()) {
            orders.findAll(followed)
                    .forEach(order -> emitter.emit(
                            FindOrder.class, query -> query.orderId().equals(order.orderId()), order));
        }
    }
}
