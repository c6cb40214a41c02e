package io.orderworkflow.simulator;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.RefundRequested;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What must hold, computed from the events alone and from the bank's books, not from what anybody says of itself. */
final class Promises {

    private static final Duration RENEWED_AFTER = Duration.ofMinutes(5);
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    private final EventLog log;
    private final Bank bank;
    private final Scenario scenario;
    private final Map<OrderId, OrderStatus> orders = new LinkedHashMap<>();
    private final Set<OrderId> cancellations = new HashSet<>();
    private final Map<Sku, Shelf> shelves = new TreeMap<>();
    private final List<OrderRefundRequested> refunds = new ArrayList<>();
    private final Map<String, Instant> releases = new HashMap<>();
    private final Set<String> happened = new HashSet<>();
    private int position;
    private int operations;

    Promises(EventLog log, Bank bank, Scenario scenario) {
        this.log = log;
        this.bank = bank;
        this.scenario = scenario;
    }

    /** Checks what must hold at every moment. */
    void check() {
        while (position < log.size()) {
            check(log.at(position++).getPayload());
        }
        if (operations == bank.operations()) {
            return;
        }
        operations = bank.operations();
        for (SampleOrder order : scenario.orders()) {
            Bank.Account account = bank.account(PaymentId.forOrder(order.orderId()));
            require(account.captures <= 1, "charged once", order.orderId() + " was charged twice");
            require(account.authorizations <= 1, "charged once", order.orderId() + " was authorised twice");
            require(
                    account.refunded.compareTo(account.captured) <= 0,
                    "charged once",
                    order.orderId() + " was given back more than was taken");
        }
    }

    private void check(Object event) {
        if (event instanceof OrderPlaced placed) {
            once(event, placed.orderId());
            orders.put(placed.orderId(), OrderStatus.PLACED);
        } else if (event instanceof OrderConfirmed confirmed) {
            settle(confirmed.orderId(), OrderStatus.PLACED, OrderStatus.CONFIRMED);
        } else if (event instanceof OrderRejected rejected) {
            settle(rejected.orderId(), OrderStatus.PLACED, OrderStatus.REJECTED);
        } else if (event instanceof OrderShipped shipped) {
            settle(shipped.orderId(), OrderStatus.CONFIRMED, OrderStatus.SHIPPED);
        } else if (event instanceof OrderCancellationRequested requested) {
            once(event, requested.orderId());
            cancellations.add(requested.orderId());
        } else if (event instanceof OrderCancelled cancelled) {
            once(event, cancelled.orderId());
            require(cancellations.contains(cancelled.orderId()), "settled", "nobody asked for " + event);
            orders.put(cancelled.orderId(), OrderStatus.CANCELLED);
            requireUndone(cancelled.orderId());
        } else if (event instanceof OrderStepExpired expired) {
            once(event, expired.orderId() + "/" + expired.step() + "/" + expired.attempt());
        } else if (event instanceof PaymentRequested
                || event instanceof PaymentAuthorized
                || event instanceof PaymentDeclined
                || event instanceof CaptureRequested
                || event instanceof PaymentCaptured
                || event instanceof PaymentCaptureFailed) {
            once(event, ((PaymentEvent) event).paymentId());
        } else if (event instanceof OrderRefundRequested requested) {
            once(event, requested.refundId());
            refunds.add(requested);
        } else if (event instanceof RefundRequested requested) {
            once(event, requested.refundId() + "/" + requested.attempt());
        } else {
            checkStock(event);
        }
    }

    private void settle(OrderId order, OrderStatus from, OrderStatus to) {
        require(
                orders.get(order) == from && !cancellations.contains(order),
                "settled",
                order + " became " + to + " from " + orders.get(order));
        orders.put(order, to);
    }

    private void checkStock(Object event) {
        if (event instanceof StockReceived received) {
            shelf(received.sku()).onHand += received.quantity();
            balance(received.sku(), event, received.onHand(), shelf(received.sku()).reserved);
        } else if (event instanceof StockAdjusted adjusted) {
            shelf(adjusted.sku()).onHand += adjusted.delta();
        } else if (event instanceof StockReserved reserved) {
            onceWhileRemembered(reserved);
            Shelf shelf = shelf(reserved.sku());
            shelf.reservations.put(reserved.orderId(), reserved.quantity());
            shelf.reserved += reserved.quantity();
            balance(reserved.sku(), event, shelf.onHand, reserved.reserved());
        } else if (event instanceof StockReleased released) {
            onceInAWhile(released);
            Shelf shelf = shelf(released.sku());
            long quantity = Objects.requireNonNullElse(shelf.reservations.remove(released.orderId()), 0L);
            shelf.reserved -= quantity;
            require(quantity == released.quantity(), "conserved", "released another quantity than reserved: " + event);
            balance(released.sku(), event, shelf.onHand, released.reserved());
        } else if (event instanceof StockDebited debited) {
            once(event, debited.sku() + "/" + debited.orderId());
            Shelf shelf = shelf(debited.sku());
            long quantity = Objects.requireNonNullElse(shelf.reservations.remove(debited.orderId()), 0L);
            shelf.reserved -= quantity;
            shelf.onHand -= debited.debited();
            shelf.gone.merge(debited.orderId(), debited.debited(), Long::sum);
            require(quantity == debited.debited(), "conserved", "debited another quantity than reserved: " + event);
            balance(debited.sku(), event, debited.onHand(), debited.reserved());
        } else if (event instanceof StockRestocked restocked) {
            once(event, restocked.sku() + "/" + restocked.returnId());
            Shelf shelf = shelf(restocked.sku());
            shelf.onHand += restocked.quantity();
            long gone = shelf.gone.merge(restocked.orderId(), -restocked.quantity(), Long::sum);
            require(gone >= 0, "conserved", "more came back than ever left: " + event);
            balance(restocked.sku(), event, restocked.onHand(), shelf.reserved);
        }
    }

    private Shelf shelf(Sku sku) {
        return shelves.computeIfAbsent(sku, first -> new Shelf());
    }

    private void balance(Sku sku, Object event, long onHand, long reserved) {
        Shelf shelf = shelf(sku);
        require(
                shelf.onHand == onHand && shelf.reserved == reserved,
                "conserved",
                "%d on hand and %d reserved by all events so far, but: %s"
                        .formatted(shelf.onHand, shelf.reserved, event));
        require(0 <= shelf.reserved && shelf.reserved <= shelf.onHand, "never oversold", "oversold by " + event);
    }

    private void once(Object event, Object subject) {
        require(
                happened.add(event.getClass().getSimpleName() + "/" + subject),
                "idempotent",
                "happened twice: " + event);
    }

    /**
     * A batch that reserves and releases, and is handled again when its release is forgotten, does both again. What was
     * debited, or is reserved still, never is reserved again.
     */
    private void onceWhileRemembered(StockReserved reserved) {
        String subject = reserved.sku() + "/" + reserved.orderId();
        Instant released = releases.get(subject);
        Shelf shelf = shelf(reserved.sku());
        boolean forgotten = released != null
                && released.plus(REMEMBERED_FOR).isBefore(log.at(position - 1).getTimestamp())
                && !shelf.reservations.containsKey(reserved.orderId())
                && !shelf.gone.containsKey(reserved.orderId());
        require(happened.add("StockReserved/" + subject) || forgotten, "idempotent", "happened twice: " + reserved);
    }

    /**
     * A release that is asked for again after a while is told once more, with no pieces, so that it is remembered from
     * then on: in a while at most once. So is the release of what was reserved again.
     */
    private void onceInAWhile(StockReleased released) {
        Instant at = log.at(position - 1).getTimestamp();
        Instant before = releases.put(released.sku() + "/" + released.orderId(), at);
        boolean renewed = before != null && !before.plus(RENEWED_AFTER).isAfter(at);
        require(before == null || renewed, "idempotent", "happened twice: " + released);
    }

    /** How the orders ended, or stand. */
    List<OrderStatus> statuses() {
        return List.copyOf(orders.values());
    }

    /** Checks what must hold although the bank has left some orders without an answer. */
    void checkWhileTheBankIsSilent() {
        for (SampleOrder order : scenario.orders()) {
            if (!scenario.silent().contains(order)) {
                requireSettled(order.orderId(), "isolated");
            }
        }
    }

    private void requireSettled(OrderId order, String promise) {
        OrderStatus status = orders.get(order);
        require(status != OrderStatus.PLACED, promise, order + " is still open");
        require(
                !cancellations.contains(order) || status == OrderStatus.CANCELLED,
                promise,
                order + " is " + status + ", not cancelled");
    }

    /** Checks what must hold when there is nothing to do any more. */
    void checkTheEnd() {
        for (SampleOrder order : scenario.orders()) {
            OrderStatus status = orders.get(order.orderId());
            if (status == null) {
                require(shelfOf(order).isEmpty(), "conserved", "stock is set aside for an order that was never placed");
                continue;
            }
            requireSettled(order.orderId(), "settled");
            if (status == OrderStatus.CANCELLED || status == OrderStatus.REJECTED) {
                requireUndone(order.orderId());
            } else {
                requireDone(order);
            }
        }
        shelves.forEach((sku, shelf) -> {
            require(shelf.reserved == 0, "conserved", shelf.reserved + " of " + sku + " are still set aside");
            long gone = shelf.gone.values().stream().mapToLong(Long::longValue).sum();
            require(
                    scenario.stock().getOrDefault(sku, 0L) - gone == shelf.onHand,
                    "conserved",
                    shelf.onHand + " of " + sku + " on hand, with " + gone + " gone");
        });
    }

    private Map<Sku, Long> shelfOf(SampleOrder order) {
        Map<Sku, Long> aside = new TreeMap<>();
        shelves.forEach((sku, shelf) -> {
            long quantity =
                    shelf.reservations.getOrDefault(order.orderId(), 0L) + shelf.gone.getOrDefault(order.orderId(), 0L);
            if (quantity != 0) {
                aside.put(sku, quantity);
            }
        });
        return aside;
    }

    private void requireDone(SampleOrder order) {
        Map<Sku, Long> demand = new TreeMap<>();
        order.lines().forEach(line -> demand.merge(line.sku(), (long) line.quantity(), Long::sum));
        List<OrderRefundRequested> refunded = refunds.stream()
                .filter(refund -> refund.orderId().equals(order.orderId()))
                .toList();
        refunded.stream()
                .filter(OrderRefundRequested::restock)
                .flatMap(refund -> refund.pieces().stream())
                .forEach(pieces -> demand.merge(pieces.sku(), -pieces.quantity(), Long::sum));
        demand.values().removeIf(quantity -> quantity == 0);
        BigDecimal givenBack =
                refunded.stream().map(refund -> refund.amount().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
        require(
                shelfOf(order).equals(demand),
                "conserved",
                "the confirmed " + order.orderId() + " left the stock with " + shelfOf(order) + " of " + demand);
        Bank.Account account = bank.account(PaymentId.forOrder(order.orderId()));
        require(
                account.captured.compareTo(order.total().amount()) == 0 && account.refunded.compareTo(givenBack) == 0,
                "charged once",
                "the confirmed %s stands at the bank as %s, %s to be refunded"
                        .formatted(order.orderId(), account, givenBack));
    }

    private void requireUndone(OrderId order) {
        Bank.Account account = bank.account(PaymentId.forOrder(order));
        require(
                account.held.signum() == 0 && account.captured.compareTo(account.refunded) == 0,
                "charged once",
                "the failed " + order + " stands at the bank as " + account);
        shelves.forEach((sku, shelf) -> require(
                !shelf.reservations.containsKey(order) && shelf.gone.getOrDefault(order, 0L) == 0,
                "conserved",
                "the failed " + order + " still has pieces of " + sku));
    }

    private static void require(boolean holds, String promise, String otherwise) {
        if (!holds) {
            throw new BrokenPromise(promise + ": " + otherwise);
        }
    }

    /** The stock of one SKU. */
    private static final class Shelf {

        private final Map<OrderId, Long> reservations = new HashMap<>();
        private final Map<OrderId, Long> gone = new HashMap<>();
        private long onHand;
        private long reserved;
    }
}
