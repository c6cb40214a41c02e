package io.orderworkflow.order;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.order.ConfirmOrder;
import io.orderworkflow.api.order.ExpireOrderStep;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.RejectOrder;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** An order: accepted once, settled once. */
@Aggregate(cache = "orderCache")
@Revision("1")
class Order {

    @AggregateIdentifier
    private @Nullable OrderId orderId;

    private @Nullable OrderStatus status;
    private @Nullable String requestFingerprint;
    private Map<OrderStep, Integer> expiredAttempts = new HashMap<>();

    Order() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PlaceOrder command) {
        if (status != null) {
            refuseIfAnotherRequest(command);
            return;
        }
        apply(new OrderPlaced(
                command.orderId(),
                command.customerId(),
                command.lines(),
                total(command.lines()),
                command.payment(),
                command.shippingAddress(),
                command.requestFingerprint()));
    }

    private void refuseIfAnotherRequest(PlaceOrder command) {
        if (!command.requestFingerprint().equals(requestFingerprint)) {
            throw new CommandRefusedException(
                    Refusal.Code.IDEMPOTENCY_KEY_REUSED,
                    "this idempotency key was used for another request, which became order " + orderId);
        }
    }

    private static Money total(List<OrderLine> lines) {
        List<Money> prices = lines.stream()
                .map(line -> line.unitPrice().times(line.quantity()))
                .toList();
        if (prices.stream().map(Money::currency).distinct().count() > 1) {
            throw new CommandRefusedException(
                    Refusal.Code.UNPAYABLE_TOTAL, "the products of one order must be priced in one currency");
        }
        return prices.stream().reduce(Money::plus).orElseThrow();
    }

    @CommandHandler
    void handle(ConfirmOrder command) {
        if (isOpen()) {
            apply(new OrderConfirmed(command.orderId()));
        }
    }

    @CommandHandler
    void handle(RejectOrder command) {
        if (isOpen()) {
            apply(new OrderRejected(command.orderId(), command.reason()));
        }
    }

    @CommandHandler
    void handle(ExpireOrderStep command) {
        if (canStillExpire(command.step()) && command.attempt() > expiredAttempts.getOrDefault(command.step(), 0)) {
            apply(new OrderStepExpired(command.orderId(), command.step(), command.attempt()));
        }
    }

    private boolean isOpen() {
        return status == OrderStatus.PLACED;
    }

    /** What has to be done or undone to the end is asked for again even after the order is settled. */
    private boolean canStillExpire(OrderStep step) {
        return isOpen() || step == OrderStep.CONFIRMATION || step == OrderStep.COMPENSATION;
    }

    @EventSourcingHandler
    void on(OrderPlaced event) {
        orderId = event.orderId();
        status = OrderStatus.PLACED;
        requestFingerprint = event.requestFingerprint();
    }

    @EventSourcingHandler
    void on(OrderConfirmed event) {
        status = OrderStatus.CONFIRMED;
    }

    @EventSourcingHandler
    void on(OrderRejected event) {
        status = OrderStatus.REJECTED;
    }

    @EventSourcingHandler
    void on(OrderStepExpired event) {
        expiredAttempts.put(event.step(), event.attempt());
    }
}
