package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderView;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/** Orders as they are shown. */
final class Orders {

    private final Gateways gateways;
    private final RestProperties properties;

    Orders(Gateways gateways, RestProperties properties) {
        this.gateways = gateways;
        this.properties = properties;
    }

    /** An order; one that was accepted just now is waited for. Fails if there is none. */
    CompletableFuture<OrderView> find(OrderId orderId, Origin origin) {
        return gateways.findWritten(new FindOrder(orderId), OrderView.class, properties.orderTimeout(), origin)
                .thenApply(order -> order.orElseThrow(() -> ProblemException.unknown("order", orderId)));
    }

    /** What is told of an order: empty only if there is none yet, which is waited for, or none at all. */
    <A> CompletableFuture<Optional<A>> ask(
            OrderId orderId, Supplier<CompletableFuture<Optional<A>>> question, Origin origin) {
        return question.get()
                .thenCompose(answer -> answer.isPresent()
                        ? CompletableFuture.completedFuture(answer)
                        : find(orderId, origin).thenCompose(order -> question.get()));
    }

    static URI addressOf(OrderId orderId) {
        return URI.create("/api/orders/" + orderId);
    }

    /** Says that something was accepted, whose effect is to be seen at the order. */
    static ResponseEntity.BodyBuilder accepted(OrderId orderId) {
        return ResponseEntity.accepted().location(addressOf(orderId));
    }
}
