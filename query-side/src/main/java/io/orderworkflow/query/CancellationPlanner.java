package io.orderworkflow.query;

import io.orderworkflow.api.order.CancellationPlan;
import io.orderworkflow.api.order.FindCancellationPlan;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Tells what a cancellation of an order would do, by what has happened to the order so far. */
final class CancellationPlanner {

    private final OrderEvents events;

    CancellationPlanner(OrderEvents events) {
        this.events = events;
    }

    @QueryHandler
    @Nullable
    CancellationPlan handle(FindCancellationPlan query) {
        List<DomainEventMessage<?>> happened = events.of(query.orderId());
        if (happened.isEmpty()) {
            return null;
        }
        Undoing undoing = new Undoing();
        happened.forEach(event -> undoing.after(event.getPayload()));
        return undoing.plan(query.orderId(), happened.size());
    }
}
