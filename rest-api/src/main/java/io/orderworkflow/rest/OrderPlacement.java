package io.orderworkflow.rest;

import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.PlaceOrder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Places orders and, if the client prefers to wait, answers with what becomes of them. */
final class OrderPlacement {

    private final Gateways gateways;

    OrderPlacement(Gateways gateways) {
        this.gateways = gateways;
    }

    /**
     * Places an order.
     *
     * @param acceptance the body of the answer if the order is not settled within the time that the client waits
     */
    CompletableFuture<ResponseEntity<?>> place(
            PlaceOrder command, @Nullable WaitPreference preference, Object acceptance, Origin origin) {
        return (preference == null ? WaitPreference.NONE : preference)
                .limit()
                .map(limit -> placeAndAwait(command, limit, acceptance, origin))
                .orElseGet(() -> place(command, acceptance, origin));
    }

    private CompletableFuture<ResponseEntity<?>> place(PlaceOrder command, Object acceptance, Origin origin) {
        return gateways.send(command, origin)
                .thenApply(placed -> Orders.accepted(command.orderId()).body(acceptance));
    }

    private CompletableFuture<ResponseEntity<?>> placeAndAwait(
            PlaceOrder command, Duration limit, Object acceptance, Origin origin) {
        String applied = "wait=" + limit.toSeconds();
        return gateways.sendAndAwait(
                        command,
                        View.of(new FindOrder(command.orderId()), OrderView.class),
                        order -> order.status().isSettled(),
                        limit,
                        origin)
                .thenApply(seen -> seen.state()
                        .<ResponseEntity<?>>map(order -> settled(order)
                                .header(WaitPreference.APPLIED_HEADER, applied)
                                .body(order))
                        .orElseGet(() -> Orders.accepted(command.orderId())
                                .header(WaitPreference.APPLIED_HEADER, applied)
                                .body(acceptance)));
    }

    private static ResponseEntity.BodyBuilder settled(OrderView order) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(Orders.addressOf(order.orderId()))
                .eTag("\"" + order.version() + "\"");
    }
}
