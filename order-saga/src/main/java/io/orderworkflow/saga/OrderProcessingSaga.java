package io.orderworkflow.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.CancelOrder;
import io.orderworkflow.api.order.ConfirmOrder;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderNudged;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.RejectOrder;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.RejectionReason.Code;
import io.orderworkflow.api.order.RejectionReason.Shortage;
import io.orderworkflow.api.payment.AuthorizePayment;
import io.orderworkflow.api.payment.CapturePayment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.VoidPayment;
import io.orderworkflow.platform.saga.Wait;
import io.orderworkflow.platform.saga.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;

/**
 * Leads an order through its steps: reserve stock, authorise the payment, capture it, confirm; or, when one of them is
 * refused or late, undo in reverse what was done and reject the order.
 *
 * <p>It only knows the order of the steps. Every answer may come late, or twice, or for a step that is over: then it is
 * not waited for any more, and is ignored here, because whoever gave it undoes what was asked to be undone.
 */
@ProcessingGroup(OrderProcessingSaga.PROCESSING_GROUP)
// What it does not differ in from one that has not begun need not be written with every step.
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public class OrderProcessingSaga implements Waiting {

    static final String PROCESSING_GROUP = "order-processing";
    static final String ORDER_ID = "orderId";

    private @Nullable OrderId orderId;
    private @Nullable Money total;
    private @Nullable PaymentInstruction payment;
    private SortedMap<Sku, Long> demand = new TreeMap<>();

    private OrderStep step = OrderStep.RESERVATION;
    private int attempt = 1;
    private SortedSet<Sku> stockAwaited = new TreeSet<>();
    private boolean stockDebited;
    private boolean paymentAwaited;
    private boolean orderAwaited;

    private List<Shortage> shortages = new ArrayList<>();
    private @Nullable RejectionReason rejection;
    private boolean cancelled;

    private @Nullable Instant waitingSince;
    /** None while only a person can help. */
    private @Nullable Instant deadline;

    private int nudges;
    private int refusals;
    private @Nullable String refusal;
    private boolean leftToAPerson;

    /** Creates a saga that has not begun; Axon needs this to be public. */
    public OrderProcessingSaga() {}

    // progress

    @StartSaga
    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(OrderPlaced event, OrderSteps steps) {
        begin(event.orderId(), event.total(), event.lines());
        payment = event.payment();
        enter(OrderStep.RESERVATION, steps);
    }

    private void begin(OrderId order, Money toBePaid, List<OrderLine> lines) {
        orderId = order;
        total = toBePaid;
        lines.forEach(line -> demand.merge(line.sku(), (long) line.quantity(), Long::sum));
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(StockReserved event, OrderSteps steps) {
        if (step == OrderStep.RESERVATION && stockAwaited.remove(event.sku())) {
            continueWhenAllStockAnswered(steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(StockReservationRejected event, OrderSteps steps) {
        if (step == OrderStep.RESERVATION && stockAwaited.remove(event.sku())) {
            shortages.add(new Shortage(event.sku(), event.requested(), event.available()));
            continueWhenAllStockAnswered(steps);
        }
    }

    private void continueWhenAllStockAnswered(OrderSteps steps) {
        if (!stockAwaited.isEmpty()) {
            return;
        }
        if (shortages.isEmpty()) {
            enter(OrderStep.AUTHORIZATION, steps);
        } else {
            compensate(Code.OUT_OF_STOCK, "not enough in stock: " + inWords(shortages), steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(PaymentAuthorized event, OrderSteps steps) {
        if (step == OrderStep.AUTHORIZATION) {
            enter(OrderStep.CAPTURE, steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(PaymentCaptured event, OrderSteps steps) {
        if (step == OrderStep.CAPTURE) {
            paymentAwaited = false;
            enter(OrderStep.CONFIRMATION, steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(StockDebited event, OrderSteps steps) {
        if (step == OrderStep.CONFIRMATION && stockAwaited.remove(event.sku())) {
            continueWhenConfirmed(steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(OrderConfirmed event, OrderSteps steps) {
        if (step == OrderStep.CONFIRMATION) {
            orderAwaited = false;
            continueWhenConfirmed(steps);
        }
    }

    private void continueWhenConfirmed(OrderSteps steps) {
        if (cancelled && stockAwaited.isEmpty()) {
            stockDebited = true;
            enter(OrderStep.COMPENSATION, steps);
        } else {
            endWhenNothingIsAwaited(steps);
        }
    }

    // compensation

    /**
     * Undoes whatever was done by now. While stock is being debited that is brought to its end first: until every SKU
     * has answered it is not known which of them has to be restocked.
     */
    @SagaEventHandler(associationProperty = ORDER_ID)
    @StartSaga
    void on(OrderCancellationRequested event, OrderSteps steps) {
        cancelled = true;
        if (orderId == null) {
            // The order was confirmed, and its saga had ended: everything is debited and paid.
            begin(event.orderId(), event.total(), event.lines());
            stockDebited = true;
            paymentAwaited = true;
            enter(OrderStep.COMPENSATION, steps);
        } else if (step == OrderStep.CONFIRMATION) {
            orderAwaited = false;
            paymentAwaited = true;
            continueWhenConfirmed(steps);
        } else if (step == OrderStep.COMPENSATION) {
            // It failed at the same moment; the order has decided that it is a cancellation.
            endWhenNothingIsAwaited(steps);
        } else {
            enter(OrderStep.COMPENSATION, steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(PaymentDeclined event, OrderSteps steps) {
        if (step == OrderStep.AUTHORIZATION) {
            // Nothing is held, so there is nothing to void.
            paymentAwaited = false;
            compensate(
                    Code.PAYMENT_DECLINED,
                    "payment declined by the provider: " + event.refusal().message(),
                    steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(PaymentCaptureFailed event, OrderSteps steps) {
        if (step == OrderStep.CAPTURE) {
            compensate(
                    Code.PAYMENT_FAILED,
                    "the provider could not take the money: " + event.refusal().message(),
                    steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(PaymentVoided event, OrderSteps steps) {
        if (step == OrderStep.COMPENSATION) {
            paymentAwaited = false;
            leftToAPerson = false;
            endWhenNothingIsAwaited(steps);
        }
    }

    /** The money of a cancelled or failed order stays with the provider until it is asked for successfully. */
    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(PaymentRefundFailed event, OrderSteps steps) {
        if (step == OrderStep.COMPENSATION
                && paymentAwaited
                && event.refundId().value().equals(started(orderId).value())) {
            refusal = event.refusal().message();
            leftToAPerson = steps.needsAPerson(++refusals);
            stopRepeatingWhatOnlyAPersonCanHelp(steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(StockReleased event, OrderSteps steps) {
        if (step == OrderStep.COMPENSATION && stockAwaited.remove(event.sku())) {
            endWhenNothingIsAwaited(steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(StockRestocked event, OrderSteps steps) {
        if (step == OrderStep.COMPENSATION
                && event.returnId().equals(started(orderId).value())
                && stockAwaited.remove(event.sku())) {
            endWhenNothingIsAwaited(steps);
        }
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(OrderRejected event, OrderSteps steps) {
        orderAwaited = false;
        endWhenNothingIsAwaited(steps);
    }

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(OrderCancelled event, OrderSteps steps) {
        orderAwaited = false;
        endWhenNothingIsAwaited(steps);
    }

    private void compensate(Code code, String message, OrderSteps steps) {
        rejection = new RejectionReason(code, message, shortages);
        enter(OrderStep.COMPENSATION, steps);
    }

    // timeout

    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(OrderStepExpired event, OrderSteps steps) {
        if (event.step() != step || event.attempt() != attempt) {
            return;
        }
        switch (step) {
            case RESERVATION -> compensate(Code.STOCK_TIMEOUT, "the stock did not answer in time", steps);
            case AUTHORIZATION -> compensate(Code.PAYMENT_TIMEOUT, "the payment was not answered in time", steps);
            case CAPTURE -> compensate(Code.PAYMENT_FAILED, "the money was not taken in time", steps);
            case CONFIRMATION, COMPENSATION -> askAgain(steps);
        }
    }

    /** Changes no deadline that runs: a nudge helps an answer along, and allows nobody more time for it. */
    @SagaEventHandler(associationProperty = ORDER_ID)
    void on(OrderNudged event, OrderSteps steps) {
        nudges++;
        leftToAPerson = false;
        askForWhatIsAwaited(steps);
        if (deadline == null) {
            attempt++;
            await(steps);
        }
    }

    // steps

    private void enter(OrderStep next, OrderSteps steps) {
        step = next;
        attempt = 1;
        nudges = 0;
        waitingSince = steps.now();
        switch (next) {
            case RESERVATION -> stockAwaited.addAll(demand.keySet());
            case AUTHORIZATION, CAPTURE -> paymentAwaited = true;
            case CONFIRMATION, COMPENSATION -> {
                stockAwaited.addAll(demand.keySet());
                orderAwaited = true;
            }
        }
        askForWhatIsAwaited(steps);
        await(steps);
    }

    private void askAgain(OrderSteps steps) {
        attempt++;
        askForWhatIsAwaited(steps);
        await(steps);
    }

    private void await(OrderSteps steps) {
        deadline = steps.await(started(orderId), step, attempt);
        stopRepeatingWhatOnlyAPersonCanHelp(steps);
    }

    /** When all that is left to do is what the provider keeps refusing. */
    private void stopRepeatingWhatOnlyAPersonCanHelp(OrderSteps steps) {
        if (leftToAPerson && stockAwaited.isEmpty() && (cancelled || !orderAwaited)) {
            deadline = null;
            steps.stopWaiting(started(orderId));
        }
    }

    private void askForWhatIsAwaited(OrderSteps steps) {
        OrderId order = started(orderId);
        PaymentId paymentId = PaymentId.forOrder(order);
        switch (step) {
            case RESERVATION ->
                stockAwaited.forEach(sku -> steps.ask(new ReserveStock(sku, order, started(demand.get(sku)))));
            case AUTHORIZATION -> {
                PaymentInstruction instruction = started(payment);
                steps.ask(new AuthorizePayment(
                        paymentId, order, started(total), instruction.method(), instruction.token()));
            }
            case CAPTURE -> steps.ask(new CapturePayment(paymentId));
            case CONFIRMATION -> {
                stockAwaited.forEach(sku -> steps.ask(new DebitStock(sku, order)));
                if (orderAwaited) {
                    steps.ask(new ConfirmOrder(order));
                }
            }
            case COMPENSATION -> {
                if (paymentAwaited && !leftToAPerson) {
                    steps.ask(new VoidPayment(paymentId, order));
                }
                stockAwaited.forEach(sku -> steps.ask(giveBack(sku, order)));
                if (orderAwaited) {
                    askToSettle(order, steps);
                }
            }
        }
    }

    private Object giveBack(Sku sku, OrderId order) {
        return stockDebited
                ? new RestockReturned(sku, order, started(demand.get(sku)), order.value())
                : new ReleaseStock(sku, order);
    }

    /** A rejection is told at once. A cancellation is told when everything is undone, never before. */
    private void askToSettle(OrderId order, OrderSteps steps) {
        if (!cancelled) {
            steps.ask(new RejectOrder(order, started(rejection)));
        } else if (stockAwaited.isEmpty() && !paymentAwaited) {
            steps.ask(new CancelOrder(order));
        }
    }

    private void endWhenNothingIsAwaited(OrderSteps steps) {
        stopRepeatingWhatOnlyAPersonCanHelp(steps);
        if (!stockAwaited.isEmpty() || paymentAwaited) {
            return;
        }
        if (orderAwaited) {
            if (cancelled && step == OrderStep.COMPENSATION) {
                askForWhatIsAwaited(steps);
                await(steps);
            }
        } else {
            steps.stopWaiting(started(orderId));
            SagaLifecycle.end();
        }
    }

    // what it waits for

    @Override
    public Wait waits() {
        return new Wait(
                started(orderId).toString(),
                step.name(),
                awaited(),
                waitingSince,
                deadline,
                attempt + nudges,
                leftToAPerson,
                paymentAwaited ? refusal : null);
    }

    private String awaited() {
        return switch (step) {
            case RESERVATION -> "the stock's answer for " + AwaitedWords.skus(stockAwaited);
            case AUTHORIZATION -> "the payment's authorisation";
            case CAPTURE -> "the money to be taken";
            case CONFIRMATION ->
                AwaitedWords.all(
                        AwaitedWords.ofSkus(stockAwaited, " to be taken out of stock"),
                        orderAwaited ? "the order's confirmation" : "");
            case COMPENSATION ->
                AwaitedWords.all(
                        AwaitedWords.money(paymentAwaited, leftToAPerson),
                        AwaitedWords.ofSkus(stockAwaited, " to be given back"),
                        orderAwaited ? (cancelled ? "the order's cancellation" : "the order's rejection") : "");
        };
    }

    private static String inWords(List<Shortage> shortages) {
        return shortages.stream()
                .map(shortage -> "%s (%d asked for, %d available)"
                        .formatted(shortage.sku(), shortage.requested(), shortage.available()))
                .collect(Collectors.joining(", "));
    }

    private static <T> T started(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("this saga has not been started by an OrderPlaced");
        }
        return value;
    }
}
