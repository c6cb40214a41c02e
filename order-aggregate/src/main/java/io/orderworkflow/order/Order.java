package io.orderworkflow.order;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.order.CancelOrder;
import io.orderworkflow.api.order.ConfirmOrder;
import io.orderworkflow.api.order.DeliverOrder;
import io.orderworkflow.api.order.ExpireOrderStep;
import io.orderworkflow.api.order.ExpireRefundAttempt;
import io.orderworkflow.api.order.NudgeOrder;
import io.orderworkflow.api.order.NudgeRefund;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderNudged;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.RefundAttemptExpired;
import io.orderworkflow.api.order.RefundNudged;
import io.orderworkflow.api.order.RejectOrder;
import io.orderworkflow.api.order.RequestOrderCancellation;
import io.orderworkflow.api.order.RequestRefund;
import io.orderworkflow.api.order.ShipOrder;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
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
    private List<OrderLine> lines = List.of();
    private @Nullable Money total;
    private @Nullable String cancellationReason;
    private @Nullable Shipment shipment;
    private @Nullable Instant shippedAt;
    private Map<OrderStep, Integer> expiredAttempts = new HashMap<>();
    // By the identifier's text: JSON has no other keys.
    private Map<String, List<Pieces>> refunds = new LinkedHashMap<>();
    private Map<String, Integer> expiredRefundAttempts = new HashMap<>();

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

    static Money total(List<OrderLine> lines) {
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

    @CommandHandler
    void handle(RequestOrderCancellation command) {
        if (cancellationReason != null) {
            return;
        }
        if (!canBeCancelled()) {
            throw new CommandRefusedException(
                    Refusal.Code.ORDER_NOT_CANCELLABLE,
                    status == OrderStatus.CONFIRMED
                            ? "an order of which something was refunded cannot be cancelled"
                            : "an order that is " + inWords(status) + " cannot be cancelled");
        }
        apply(new OrderCancellationRequested(command.orderId(), command.reason(), lines, known(total)));
    }

    @CommandHandler
    void handle(CancelOrder command) {
        if (isBeingCancelled()) {
            apply(new OrderCancelled(command.orderId(), known(cancellationReason)));
        }
    }

    @CommandHandler
    void handle(ShipOrder command) {
        if (command.shipment().equals(shipment)) {
            return;
        }
        if (status != OrderStatus.CONFIRMED || isBeingCancelled()) {
            throw new CommandRefusedException(
                    Refusal.Code.ORDER_NOT_CONFIRMED,
                    isBeingCancelled()
                            ? "an order that is being cancelled cannot be shipped"
                            : "an order that is " + inWords(status) + " cannot be shipped");
        }
        apply(new OrderShipped(command.orderId(), command.shipment()));
    }

    @CommandHandler
    void handle(DeliverOrder command) {
        if (status == OrderStatus.DELIVERED) {
            return;
        }
        if (status != OrderStatus.SHIPPED) {
            throw new CommandRefusedException(
                    Refusal.Code.ORDER_NOT_SHIPPED, "an order that is " + inWords(status) + " cannot be delivered");
        }
        if (command.deliveredAt() != null && command.deliveredAt().isBefore(known(shippedAt))) {
            throw new CommandRefusedException(
                    Refusal.Code.DELIVERED_BEFORE_SHIPPED,
                    "an order that was shipped at %s cannot have been delivered at %s"
                            .formatted(shippedAt, command.deliveredAt()));
        }
        apply(new OrderDelivered(command.orderId(), command.deliveredAt()));
    }

    @CommandHandler
    void handle(RequestRefund command) {
        List<Pieces> before = refunds.get(command.refundId().toString());
        if (before != null) {
            if (!command.pieces().isEmpty() && !command.pieces().equals(before)) {
                throw new CommandRefusedException(
                        Refusal.Code.IDEMPOTENCY_KEY_REUSED,
                        "this idempotency key was used for a refund of other pieces");
            }
            return;
        }
        if (!canBeRefunded()) {
            throw new CommandRefusedException(
                    Refusal.Code.ORDER_NOT_REFUNDABLE,
                    isBeingCancelled()
                            ? "an order that is being cancelled is refunded as a whole"
                            : "nothing can be refunded of an order that is " + inWords(status));
        }
        RefundablePieces left = new RefundablePieces(lines, refunds.values());
        List<Pieces> pieces = command.pieces().isEmpty() ? left.all() : command.pieces();
        Money amount = left.priceOf(pieces);
        apply(new OrderRefundRequested(
                command.orderId(), command.refundId(), pieces, amount, command.reason(), command.restock()));
    }

    @CommandHandler
    void handle(ExpireRefundAttempt command) {
        String refund = command.refundId().toString();
        if (refunds.containsKey(refund) && command.attempt() > expiredRefundAttempts.getOrDefault(refund, 0)) {
            apply(new RefundAttemptExpired(command.orderId(), command.refundId(), command.attempt()));
        }
    }

    @CommandHandler
    void handle(NudgeOrder command) {
        apply(new OrderNudged(command.orderId()));
    }

    @CommandHandler
    void handle(NudgeRefund command) {
        if (refunds.containsKey(command.refundId().toString())) {
            apply(new RefundNudged(command.orderId(), command.refundId()));
        }
    }

    private boolean isOpen() {
        return status == OrderStatus.PLACED && !isBeingCancelled();
    }

    private boolean isBeingCancelled() {
        return cancellationReason != null && status != OrderStatus.CANCELLED;
    }

    private boolean canBeCancelled() {
        return status == OrderStatus.PLACED || (status == OrderStatus.CONFIRMED && refunds.isEmpty());
    }

    private boolean canBeRefunded() {
        return !isBeingCancelled()
                && (status == OrderStatus.CONFIRMED
                        || status == OrderStatus.SHIPPED
                        || status == OrderStatus.DELIVERED);
    }

    private static String inWords(@Nullable OrderStatus status) {
        return known(status).name().toLowerCase(Locale.ROOT);
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value, "an order that was placed knows this");
    }

    /** What has to be done or undone to the end is asked for again even after the order is settled. */
    private boolean canStillExpire(OrderStep step) {
        return status == OrderStatus.PLACED || step == OrderStep.CONFIRMATION || step == OrderStep.COMPENSATION;
    }

    @EventSourcingHandler
    void on(OrderPlaced event) {
        orderId = event.orderId();
        status = OrderStatus.PLACED;
        requestFingerprint = event.requestFingerprint();
        lines = event.lines();
        total = event.total();
    }

    @EventSourcingHandler
    void on(OrderCancellationRequested event) {
        cancellationReason = event.reason();
    }

    @EventSourcingHandler
    void on(OrderCancelled event) {
        status = OrderStatus.CANCELLED;
    }

    @EventSourcingHandler
    void on(OrderShipped event, @Timestamp Instant at) {
        status = OrderStatus.SHIPPED;
        shipment = event.shipment();
        shippedAt = at;
    }

    @EventSourcingHandler
    void on(OrderDelivered event) {
        status = OrderStatus.DELIVERED;
    }

    @EventSourcingHandler
    void on(OrderRefundRequested event) {
        refunds.put(event.refundId().toString(), event.pieces());
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

    @EventSourcingHandler
    void on(RefundAttemptExpired event) {
        expiredRefundAttempts.put(event.refundId().toString(), event.attempt());
    }
}
