package io.orderworkflow.query.audit;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the events of an order and of its payment say, put together independently of the projections. */
final class OrderFold {

    private static final List<String> PAYMENT_STATUSES = List.of(
            "REQUESTED", "AUTHORIZED", "CAPTURED", "FAILED", "VOIDED", "DECLINED", "PARTIALLY_REFUNDED", "REFUNDED");

    private long orderEvents;
    private long paymentEvents;
    private boolean placed;
    private OrderStatus status = OrderStatus.PLACED;
    private String customer = "";
    private @Nullable Money total;
    private boolean cancellationRequested;
    private boolean paymentRequested;
    private String payment = "REQUESTED";
    private @Nullable Money amount;
    private @Nullable BigDecimal refunded;

    void order(Object event) {
        orderEvents++;
        if (event instanceof OrderPlaced happened) {
            placed = true;
            customer = happened.customerId().value();
            total = happened.total();
        } else if (event instanceof OrderConfirmed) {
            reached(OrderStatus.CONFIRMED);
        } else if (event instanceof OrderRejected) {
            reached(OrderStatus.REJECTED);
        } else if (event instanceof OrderCancellationRequested) {
            cancellationRequested = true;
        } else if (event instanceof OrderCancelled) {
            reached(OrderStatus.CANCELLED);
        } else if (event instanceof OrderShipped) {
            reached(OrderStatus.SHIPPED);
        } else if (event instanceof OrderDelivered) {
            reached(OrderStatus.DELIVERED);
        }
    }

    void payment(Object event) {
        paymentEvents++;
        if (event instanceof PaymentRequested happened) {
            paymentRequested = true;
            amount = happened.amount();
            reached(OrderStatus.RESERVED);
        } else if (event instanceof PaymentAuthorized) {
            paid("AUTHORIZED");
        } else if (event instanceof PaymentDeclined) {
            paid("DECLINED");
        } else if (event instanceof PaymentCaptured) {
            paid("CAPTURED");
        } else if (event instanceof PaymentCaptureFailed) {
            paid("FAILED");
        } else if (event instanceof PaymentVoided happened) {
            Money givenBack = happened.refunded();
            if (givenBack != null) {
                refunded = givenBack.amount();
            }
            paid(givenBack == null ? "VOIDED" : "REFUNDED");
        } else if (event instanceof PaymentRefunded happened) {
            refunded = happened.totalRefunded().amount();
            paid(amount != null && refunded.compareTo(amount.amount()) >= 0 ? "REFUNDED" : "PARTIALLY_REFUNDED");
        }
    }

    private void reached(OrderStatus next) {
        if (next.compareTo(status) > 0) {
            status = next;
        }
    }

    private void paid(String next) {
        if (PAYMENT_STATUSES.indexOf(next) > PAYMENT_STATUSES.indexOf(payment)) {
            payment = next;
        }
    }

    /** In words, each of them to be compared with what a row says. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("events of the order", Long.toString(orderEvents));
        facts.put("events of the payment", Long.toString(paymentEvents));
        facts.put("status", status.name());
        facts.put("cancellation", cancellationRequested ? "requested" : "none");
        facts.put("placed", placed ? "yes" : "no");
        if (placed) {
            facts.put("customer", customer);
            facts.put("total", inWords(total));
        }
        if (paymentRequested) {
            facts.put("payment", payment);
            facts.put("amount", inWords(amount));
        }
        facts.put("refunded", inWords(refunded));
        return facts;
    }

    private static String inWords(@Nullable Money money) {
        return money == null ? "none" : inWords(money.amount()) + " " + money.currency();
    }

    static String inWords(@Nullable BigDecimal amount) {
        return amount == null ? "none" : amount.stripTrailingZeros().toPlainString();
    }
}
