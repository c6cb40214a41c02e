package io.orderworkflow.query;

import static java.util.Objects.requireNonNull;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.CancellationPlan;
import io.orderworkflow.api.order.CancellationPlan.Action;
import io.orderworkflow.api.order.CancellationPlan.Code;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is left to be undone of an order, were it cancelled: what the saga would ask for, in the saga's order. */
final class Undoing {

    private OrderStatus status = OrderStatus.PLACED;
    private boolean refunded;
    private @Nullable Money total;
    private PaymentStep payment = PaymentStep.NONE;
    private final SortedMap<Sku, Long> demand = new TreeMap<>();
    private final Map<Sku, StockStep> stock = new HashMap<>();

    void after(Object event) {
        if (event instanceof OrderPlaced placed) {
            total = placed.total();
            placed.lines().forEach(line -> demand.merge(line.sku(), (long) line.quantity(), Long::sum));
        } else if (event instanceof OrderConfirmed) {
            status = OrderStatus.CONFIRMED;
        } else if (event instanceof OrderShipped) {
            status = OrderStatus.SHIPPED;
        } else if (event instanceof OrderDelivered) {
            status = OrderStatus.DELIVERED;
        } else if (event instanceof OrderRejected) {
            status = OrderStatus.REJECTED;
        } else if (event instanceof OrderCancelled) {
            status = OrderStatus.CANCELLED;
        } else if (event instanceof OrderRefundRequested) {
            refunded = true;
        } else {
            afterStockOrPayment(event);
        }
    }

    private void afterStockOrPayment(Object event) {
        if (event instanceof StockReserved reserved) {
            stock.put(reserved.sku(), StockStep.RESERVED);
        } else if (event instanceof StockReservationRejected rejected) {
            stock.put(rejected.sku(), StockStep.OVER);
        } else if (event instanceof StockReleased released) {
            stock.put(released.sku(), StockStep.OVER);
        } else if (event instanceof StockDebited debited) {
            stock.put(debited.sku(), StockStep.DEBITED);
        } else if (event instanceof StockRestocked restocked) {
            stock.put(restocked.sku(), StockStep.OVER);
        } else if (event instanceof PaymentRequested) {
            payment = PaymentStep.REQUESTED;
        } else if (event instanceof PaymentAuthorized || event instanceof PaymentCaptureFailed) {
            payment = PaymentStep.HELD;
        } else if (event instanceof CaptureRequested) {
            payment = PaymentStep.BEING_TAKEN;
        } else if (event instanceof PaymentCaptured) {
            payment = PaymentStep.TAKEN;
        } else if (event instanceof PaymentDeclined || event instanceof PaymentVoided) {
            payment = PaymentStep.OVER;
        }
    }

    CancellationPlan plan(OrderId orderId, long version) {
        Money toBePaid = requireNonNull(total, "an order begins with its placing");
        String refusal = refusal();
        List<Action> actions = refusal == null && status != OrderStatus.CANCELLED ? actions(toBePaid) : List.of();
        return new CancellationPlan(
                orderId,
                version,
                refusal,
                actions,
                actions.stream().anyMatch(action -> action.code() == Code.REFUND_PAYMENT)
                        ? toBePaid
                        : Money.zero(toBePaid.currency()),
                actions.stream()
                        .filter(action -> action.code() == Code.RELEASE_STOCK || action.code() == Code.RESTOCK)
                        .filter(action -> action.sku() != null && action.quantity() != null)
                        .map(action -> new Pieces(action.sku(), action.quantity()))
                        .toList());
    }

    /** As the order itself would say it. */
    private @Nullable String refusal() {
        return switch (status) {
            case SHIPPED, DELIVERED, REJECTED ->
                "an order that is " + status.name().toLowerCase(Locale.ROOT) + " cannot be cancelled";
            case CONFIRMED -> refunded ? "an order of which something was refunded cannot be cancelled" : null;
            case PLACED, RESERVED, CANCELLED -> null;
        };
    }

    private List<Action> actions(Money toBePaid) {
        List<Action> actions = new ArrayList<>();
        boolean debiting = payment == PaymentStep.TAKEN;
        if (debiting) {
            demand.forEach((sku, pieces) -> {
                if (stock.get(sku) == StockStep.RESERVED) {
                    actions.add(ofStock(
                            Code.FINISH_DEBIT, "%d × %s are being taken out of stock; that is finished first", sku));
                }
            });
        }
        undoPayment(toBePaid, actions);
        demand.keySet().forEach(sku -> giveBack(sku, debiting, actions));
        actions.add(new Action(Code.CANCEL_ORDER, "the order is cancelled", null, null, null));
        return actions;
    }

    private void undoPayment(Money toBePaid, List<Action> actions) {
        switch (payment) {
            case NONE, OVER -> {}
            case REQUESTED ->
                actions.add(ofPayment(
                        Code.VOID_PAYMENT,
                        "the payment of %s is called off; if the provider holds the money by then, it is let go",
                        toBePaid));
            case HELD ->
                actions.add(ofPayment(
                        Code.VOID_PAYMENT, "the payment of %s is called off; the held money is let go", toBePaid));
            case BEING_TAKEN ->
                actions.add(ofPayment(
                        Code.VOID_PAYMENT,
                        "the payment of %s is called off; if the money is taken by then, it is given back",
                        toBePaid));
            case TAKEN -> actions.add(ofPayment(Code.REFUND_PAYMENT, "%s are given back", toBePaid));
        }
    }

    private void giveBack(Sku sku, boolean debiting, List<Action> actions) {
        StockStep step = stock.getOrDefault(sku, StockStep.ASKED);
        switch (step) {
            case ASKED ->
                actions.add(new Action(
                        Code.RELEASE_STOCK,
                        "whatever is set aside of %d × %s by then is available again".formatted(demand.get(sku), sku),
                        sku,
                        null,
                        null));
            case RESERVED ->
                actions.add(
                        debiting
                                ? ofStock(Code.RESTOCK, "%d × %s are put back on the shelves", sku)
                                : ofStock(Code.RELEASE_STOCK, "%d × %s that are set aside are available again", sku));
            case DEBITED -> actions.add(ofStock(Code.RESTOCK, "%d × %s are put back on the shelves", sku));
            case OVER -> {}
        }
    }

    private Action ofStock(Code code, String text, Sku sku) {
        return new Action(code, text.formatted(demand.get(sku), sku), sku, demand.get(sku), null);
    }

    private static Action ofPayment(Code code, String text, Money amount) {
        return new Action(code, text.formatted(amount), null, null, amount);
    }

    /** How far the payment has come. */
    private enum PaymentStep {
        NONE,
        REQUESTED,
        HELD,
        BEING_TAKEN,
        TAKEN,
        OVER
    }

    /** How far the stock of a SKU has come. */
    private enum StockStep {
        ASKED,
        RESERVED,
        DEBITED,
        OVER
    }
}
