package io.orderworkflow.inventory;

import static io.orderworkflow.inventory.ClosedReservations.Outcome.DEBITED;
import static io.orderworkflow.inventory.ClosedReservations.Outcome.REJECTED;
import static io.orderworkflow.inventory.ClosedReservations.Outcome.RELEASED;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.LowStockDetected;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReorderPointSet;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.inventory.ClosedReservations.Outcome;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.messaging.AskedAt;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * The stock of one product: never are more pieces set aside than there are on hand.
 *
 * <p>What a process asks comes at least once, and out of order. An order therefore goes one way only: from unknown to
 * reserved or rejected, and from any of these to released, or from reserved to debited. A command that would lead back,
 * or nowhere, publishes nothing; but a release that is repeated when its mark is old sets it anew. What was debited can come back in parts, each known by an identifier of its own.
 *
 * <p>A process may also ask for stock of a SKU that is no product, and must be answered lest it asks for ever: there is
 * none. Such an item has a stream but is not open: to people it does not exist until its product is registered.
 *
 * <p>Snapshots are made of its fields, and of those of what it holds: whoever changes one of them raises the revision,
 * so that snapshots of before are left alone.
 */
@Aggregate(
        cache = "stockItemCache",
        snapshotTriggerDefinition = "stockItemSnapshots",
        snapshotFilter = "stockItemSnapshotFilter")
@Revision("1")
class StockItem {

    @AggregateIdentifier
    @SuppressWarnings("unused") // Read by Axon.
    private String id;

    private boolean open;
    private long onHand;
    private long reserved;
    private long reorderPoint;
    private boolean toldLow;

    /** Pieces set aside by order; keyed by what an order id holds, for Jackson takes that as a key. */
    private Map<UUID, Long> reservations = new HashMap<>();

    private ClosedReservations closedReservations = new ClosedReservations();

    private KnownReturns knownReturns = new KnownReturns();

    StockItem() {}

    /** Asked by the product when it is registered. */
    void open(Sku sku) {
        if (!open) {
            apply(new StockItemOpened(sku));
        }
    }

    // Asked by people.

    @CommandHandler
    void handle(ReceiveStock command) {
        requireOpen(command);
        requireRoomFor(command, command.quantity());
        apply(new StockReceived(command.sku(), command.quantity(), onHand + command.quantity(), command.reference()));
    }

    @CommandHandler
    void handle(AdjustStock command) {
        requireOpen(command);
        requireRoomFor(command, command.delta());
        requireUnreserved(command);
        apply(new StockAdjusted(command.sku(), onHand, command.delta(), onHand + command.delta(), command.reason()));
        tellIfLow(command);
    }

    @CommandHandler
    void handle(SetReorderPoint command) {
        requireOpen(command);
        if (command.quantity() == reorderPoint) {
            return;
        }
        apply(new ReorderPointSet(command.sku(), command.quantity()));
        tellIfLow(command);
    }

    // Asked by the process that an order goes through.

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReserveStock command, MetaData metaData) {
        if (isReservedFor(command.orderId()) || closedReservations.outcomeFor(command.orderId()) != null) {
            return;
        }
        AskedAt.in(metaData).ifPresent(asked -> requireNotForgotten(command, asked));
        if (command.quantity() > available()) {
            apply(new StockReservationRejected(command.sku(), command.orderId(), command.quantity(), available()));
            return;
        }
        apply(new StockReserved(command.sku(), command.orderId(), command.quantity(), reserved + command.quantity()));
        tellIfLow(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReleaseStock command, MetaData metaData) {
        Outcome outcome = closedReservations.outcomeFor(command.orderId());
        if (outcome == DEBITED || (outcome == RELEASED && !needsRenewal(command, metaData))) {
            return;
        }
        long quantity = reservations.getOrDefault(command.orderId().value(), 0L);
        apply(new StockReleased(command.sku(), command.orderId(), quantity, reserved - quantity));
    }

    @CommandHandler
    void handle(DebitStock command) {
        Long quantity = reservations.get(command.orderId().value());
        if (quantity == null) {
            requireDebitedBefore(command);
            return;
        }
        apply(new StockDebited(
                command.sku(), command.orderId(), onHand, quantity, onHand - quantity, reserved - quantity));
    }

    /** There is no limit to the pieces on hand here: they exist, and were on hand before. */
    @CommandHandler
    void handle(RestockReturned command) {
        if (knownReturns.contains(command.orderId(), command.returnId())) {
            return;
        }
        requireDebited(command);
        apply(new StockRestocked(
                command.sku(),
                command.orderId(),
                command.quantity(),
                onHand,
                onHand + command.quantity(),
                command.returnId()));
    }

    // Rules.

    private void requireOpen(StockCommand command) {
        if (!open) {
            throw new CommandRefusedException(Refusal.Code.UNKNOWN, "There is no product %s.".formatted(command.sku()));
        }
    }

    private void requireRoomFor(StockCommand command, long delta) {
        if (delta > ReceiveStock.MAX_ON_HAND - onHand) {
            throw new CommandRefusedException(
                    Refusal.Code.STOCK_LIMIT_EXCEEDED,
                    "%s has %d pieces on hand; %d more would exceed the limit of %d."
                            .formatted(command.sku(), onHand, delta, ReceiveStock.MAX_ON_HAND));
        }
    }

    /**
     * Nobody waits any more for what was asked so long ago. If somebody does, the clock of whoever asks is far behind,
     * and that must be noticed.
     */
    private void requireNotForgotten(ReserveStock command, Instant asked) {
        if (closedReservations.mayHaveForgotten(asked)) {
            throw new IllegalStateException(
                    "%s cannot be reserved for order %s: it was asked for at %s, and the order may have been over since and be forgotten"
                            .formatted(command.sku(), command.orderId(), asked));
        }
    }

    /**
     * Whoever releases again after a long time was held up, and may ask for the reservation again as well: that the
     * order is over must be remembered from now on.
     */
    private boolean needsRenewal(ReleaseStock command, MetaData metaData) {
        return AskedAt.in(metaData)
                .filter(asked -> closedReservations.isAgeing(command.orderId(), asked))
                .isPresent();
    }

    private void requireUnreserved(AdjustStock command) {
        if (command.delta() < -available()) {
            throw new CommandRefusedException(
                    Refusal.Code.STOCK_RESERVED,
                    "%s has %d pieces on hand, %d of them reserved: %d can be taken away, an adjustment by %d cannot be made."
                            .formatted(command.sku(), onHand, reserved, available(), command.delta()));
        }
    }

    /**
     * Nothing is set aside for the order. If it was debited before, all is well. If it never was, the process is at
     * fault and must notice. If the order may have been forgotten nobody can tell; then the repeated command of a
     * process that was away for long is what happens, and to fail would hold up an order that is debited. Were it the
     * other case, the order would be seen waiting for a {@link StockDebited} that never comes.
     */
    private void requireDebitedBefore(DebitStock command) {
        Outcome outcome = closedReservations.outcomeFor(command.orderId());
        boolean forgotten = outcome == null && closedReservations.forgotSome();
        if (outcome != DEBITED && !forgotten) {
            throw new IllegalStateException("no %s is reserved for order %s, it cannot be debited; the order is %s here"
                    .formatted(command.sku(), command.orderId(), outcome == null ? "unknown" : outcome));
        }
    }

    /**
     * Only what left the stock can come back. As long as the order is remembered that is seen here, and if it is not so
     * the process is at fault and must notice; or it is early, because the debit is still on its way, and will succeed
     * when it asks again. Returns mostly come when the order is long forgotten. Then the pieces are taken back: the order
     * lets no more be returned than was ordered, and to refuse would leave goods in the warehouse that nobody can sell.
     */
    private void requireDebited(RestockReturned command) {
        OrderId orderId = command.orderId();
        Outcome outcome = closedReservations.outcomeFor(orderId);
        boolean forgotten = open && outcome == null && !isReservedFor(orderId) && closedReservations.forgotSome();
        long outside = closedReservations.outsideFor(orderId);
        if (!forgotten && command.quantity() > outside) {
            throw new IllegalStateException("%d pieces of %s cannot come back from order %s: %d of its pieces are out"
                    .formatted(command.quantity(), command.sku(), orderId, outside));
        }
    }

    private void tellIfLow(StockCommand command) {
        if (isLow() && !toldLow) {
            apply(new LowStockDetected(command.sku(), available(), reorderPoint));
        }
    }

    private boolean isLow() {
        return available() <= reorderPoint && reorderPoint > 0;
    }

    private boolean isReservedFor(OrderId orderId) {
        return reservations.containsKey(orderId.value());
    }

    private long available() {
        return onHand - reserved;
    }

    // What happened. Each of the first three can be the first event of all.

    @EventSourcingHandler
    void on(StockItemOpened event) {
        id = StockCommand.stockItemId(event.sku());
        open = true;
    }

    @EventSourcingHandler
    void on(StockReservationRejected event, @Timestamp Instant rejectedAt) {
        id = StockCommand.stockItemId(event.sku());
        closedReservations.close(event.orderId(), REJECTED, rejectedAt);
    }

    @EventSourcingHandler
    void on(StockReleased event, @Timestamp Instant releasedAt) {
        id = StockCommand.stockItemId(event.sku());
        reservations.remove(event.orderId().value());
        reserved = event.reserved();
        closedReservations.close(event.orderId(), RELEASED, releasedAt);
        rearm();
    }

    @EventSourcingHandler
    void on(StockReserved event) {
        reservations.put(event.orderId().value(), event.quantity());
        reserved = event.reserved();
    }

    @EventSourcingHandler
    void on(StockDebited event, @Timestamp Instant debitedAt) {
        reservations.remove(event.orderId().value());
        onHand = event.onHand();
        reserved = event.reserved();
        closedReservations.debit(event.orderId(), event.debited(), debitedAt);
    }

    @EventSourcingHandler
    void on(StockRestocked event) {
        onHand = event.onHand();
        closedReservations.takeBack(event.orderId(), event.quantity());
        knownReturns.add(event.orderId(), event.returnId());
        rearm();
    }

    @EventSourcingHandler
    void on(StockReceived event) {
        onHand = event.onHand();
        rearm();
    }

    @EventSourcingHandler
    void on(StockAdjusted event) {
        onHand = event.onHand();
        rearm();
    }

    @EventSourcingHandler
    void on(ReorderPointSet event) {
        reorderPoint = event.reorderPoint();
        rearm();
    }

    @EventSourcingHandler
    void on(LowStockDetected event) {
        toldLow = true;
    }

    /** Lets low stock be told of again, once it is low no more. */
    private void rearm() {
        toldLow = toldLow && isLow();
    }
}
