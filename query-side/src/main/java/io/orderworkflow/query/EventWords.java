package io.orderworkflow.query;

import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderNudged;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RefundAttemptExpired;
import io.orderworkflow.api.order.RefundNudged;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidRequested;
import java.util.List;
import java.util.stream.Collectors;

/** Says the events of an order in words that a person understands who knows nothing of events. */
final class EventWords {

    private EventWords() {}

    static String of(Object event) {
        if (event instanceof OrderPlaced placed) {
            return "order placed by %s: %s, %s altogether"
                    .formatted(placed.customerId(), lines(placed), placed.total());
        }
        if (event instanceof OrderConfirmed) {
            return "order confirmed";
        }
        if (event instanceof OrderRejected rejected) {
            return "order rejected: " + rejected.reason().message();
        }
        if (event instanceof OrderCancellationRequested requested) {
            return "cancellation asked for: " + requested.reason();
        }
        if (event instanceof OrderCancelled) {
            return "order cancelled";
        }
        if (event instanceof OrderShipped shipped) {
            return "order handed to %s, tracking number %s"
                    .formatted(shipped.shipment().carrier(), shipped.shipment().trackingNumber());
        }
        if (event instanceof OrderDelivered delivered) {
            return delivered.deliveredAt() == null
                    ? "order delivered"
                    : "order delivered at " + delivered.deliveredAt();
        }
        if (event instanceof OrderRefundRequested requested) {
            return "refund of %s asked for, for %s%s: %s"
                    .formatted(
                            requested.amount(),
                            pieces(requested.pieces()),
                            requested.restock() ? " that come back" : "",
                            requested.reason());
        }
        if (event instanceof OrderStepExpired expired) {
            return expired(expired.step());
        }
        if (event instanceof RefundAttemptExpired) {
            return "the refund was not done in time";
        }
        if (event instanceof OrderNudged || event instanceof RefundNudged) {
            return "an operator wanted to have it asked again";
        }
        if (event instanceof StockReserved reserved) {
            return "%d × %s set aside".formatted(reserved.quantity(), reserved.sku());
        }
        if (event instanceof StockReservationRejected rejected) {
            return "%s short: %d asked for, %d available"
                    .formatted(rejected.sku(), rejected.requested(), rejected.available());
        }
        if (event instanceof StockReleased released) {
            return released.quantity() == 0
                    ? "nothing of %s had been set aside".formatted(released.sku())
                    : "%d × %s given back".formatted(released.quantity(), released.sku());
        }
        if (event instanceof StockDebited debited) {
            return "%d × %s taken out of stock, %d left".formatted(debited.debited(), debited.sku(), debited.onHand());
        }
        if (event instanceof StockRestocked restocked) {
            return "%d × %s put back on the shelves, %d there now"
                    .formatted(restocked.quantity(), restocked.sku(), restocked.onHand());
        }
        if (event instanceof PaymentRequested requested) {
            return "payment of %s asked for, by %s".formatted(requested.amount(), requested.method());
        }
        if (event instanceof PaymentAuthorized authorized) {
            return "payment authorised by the provider" + after(authorized.attempts());
        }
        if (event instanceof PaymentDeclined declined) {
            return "payment declined by the provider: " + declined.refusal().message() + after(declined.attempts());
        }
        if (event instanceof CaptureRequested requested) {
            return "the provider was asked to take %s".formatted(requested.amount());
        }
        if (event instanceof PaymentCaptured captured) {
            return "%s taken".formatted(captured.amount()) + after(captured.attempts());
        }
        if (event instanceof PaymentCaptureFailed failed) {
            return "the provider could not take the money: " + failed.refusal().message() + after(failed.attempts());
        }
        if (event instanceof VoidRequested) {
            return "the provider was asked to undo the payment";
        }
        if (event instanceof PaymentVoided voided) {
            return (voided.refunded() == null ? "payment undone, nothing was taken" : voided.refunded() + " given back")
                    + after(voided.attempts());
        }
        if (event instanceof RefundRequested requested) {
            return "the provider was asked to give %s back".formatted(requested.amount())
                    + (requested.attempt() == 1 ? "" : ", for the %d. time".formatted(requested.attempt()));
        }
        if (event instanceof PaymentRefunded refunded) {
            return "%s given back, %s altogether".formatted(refunded.amount(), refunded.totalRefunded())
                    + after(refunded.attempts());
        }
        if (event instanceof PaymentRefundFailed failed) {
            return "the money could not be given back: " + failed.refusal().message() + after(failed.attempts());
        }
        return event.getClass().getSimpleName();
    }

    private static String lines(OrderPlaced placed) {
        return placed.lines().stream()
                .map(line -> "%d × %s".formatted(line.quantity(), line.sku()))
                .collect(Collectors.joining(", "));
    }

    private static String pieces(List<Pieces> pieces) {
        return pieces.stream()
                .map(some -> "%d × %s".formatted(some.quantity(), some.sku()))
                .collect(Collectors.joining(", "));
    }

    private static String expired(OrderStep step) {
        return switch (step) {
            case RESERVATION -> "the stock did not answer in time";
            case AUTHORIZATION -> "the payment was not answered in time";
            case CAPTURE -> "the money was not taken in time";
            case CONFIRMATION -> "confirming takes long; what is missing is asked for again";
            case COMPENSATION -> "undoing takes long; what is missing is asked for again";
        };
    }

    /** What went wrong before, if anything did. */
    private static String after(List<ProviderAttempt> attempts) {
        return attempts.size() <= 1
                ? ""
                : attempts.subList(0, attempts.size() - 1).stream()
                        .map(ProviderAttempt::detail)
                        .collect(Collectors.joining("; ", " (at attempt " + attempts.size() + ", after: ", ")"));
    }
}
