package io.orderworkflow.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.RefundAttemptExpired;
import io.orderworkflow.api.order.RefundNudged;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.RefundPayment;
import io.orderworkflow.platform.saga.Wait;
import io.orderworkflow.platform.saga.Waiting;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;

/**
 * Leads a refund of some pieces of an order to its end: the money is back, and so are the pieces where they are to be
 * put back on the shelves. There is no other end: what is refused or not answered is asked for again, with growing
 * pauses, and money that the provider keeps refusing to give back waits for a person.
 *
 * <p>It reads the events of the orders' own sagas along with them, and is found by its refund alone.
 */
@ProcessingGroup(OrderProcessingSaga.PROCESSING_GROUP)
// What it does not differ in from one that has not begun need not be written with every step.
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public class OrderRefundSaga implements Waiting {

    /** The only step of a refund. */
    static final String STEP = "REFUND";

    static final String REFUND_ID = "refundId";

    private @Nullable OrderId orderId;
    private @Nullable RefundId refundId;
    private @Nullable Money amount;
    private SortedMap<Sku, Long> returned = new TreeMap<>();

    private int attempt = 1;
    private SortedSet<Sku> stockAwaited = new TreeSet<>();
    private boolean moneyAwaited = true;

    private @Nullable Instant waitingSince;
    /** None while only a person can help. */
    private @Nullable Instant deadline;

    private int nudges;
    private int refusals;
    private @Nullable String refusal;
    private boolean leftToAPerson;

    /** Creates a saga that has not begun; Axon needs this to be public. */
    public OrderRefundSaga() {}

    // progress

    @StartSaga
    @SagaEventHandler(associationProperty = REFUND_ID)
    void on(OrderRefundRequested event, OrderSteps steps) {
        orderId = event.orderId();
        refundId = event.refundId();
        amount = event.amount();
        if (event.restock()) {
            event.pieces().forEach(pieces -> returned.merge(pieces.sku(), pieces.quantity(), Long::sum));
            stockAwaited.addAll(returned.keySet());
        }
        waitingSince = steps.now();
        askForWhatIsAwaited(steps);
        await(steps);
    }

    @SagaEventHandler(associationProperty = REFUND_ID)
    void on(PaymentRefunded event, OrderSteps steps) {
        moneyAwaited = false;
        leftToAPerson = false;
        endWhenNothingIsAwaited(steps);
    }

    /** A return is known by the refund that it belongs to. */
    @SagaEventHandler(associationProperty = "returnId", keyName = REFUND_ID)
    void on(StockRestocked event, OrderSteps steps) {
        stockAwaited.remove(event.sku());
        endWhenNothingIsAwaited(steps);
    }

    // refusal

    @SagaEventHandler(associationProperty = REFUND_ID)
    void on(PaymentRefundFailed event, OrderSteps steps) {
        if (moneyAwaited) {
            refusal = event.refusal().message();
            leftToAPerson = steps.needsAPerson(++refusals);
            stopRepeatingWhatOnlyAPersonCanHelp(steps);
        }
    }

    // timeout

    @SagaEventHandler(associationProperty = REFUND_ID)
    void on(RefundAttemptExpired event, OrderSteps steps) {
        if (event.attempt() == attempt) {
            attempt++;
            askForWhatIsAwaited(steps);
            await(steps);
        }
    }

    @SagaEventHandler(associationProperty = REFUND_ID)
    void on(RefundNudged event, OrderSteps steps) {
        nudges++;
        leftToAPerson = false;
        askForWhatIsAwaited(steps);
        if (deadline == null) {
            attempt++;
            await(steps);
        }
    }

    // steps

    private void askForWhatIsAwaited(OrderSteps steps) {
        OrderId order = started(orderId);
        RefundId refund = started(refundId);
        if (moneyAwaited && !leftToAPerson) {
            steps.ask(new RefundPayment(PaymentId.forOrder(order), refund, started(amount)));
        }
        stockAwaited.forEach(
                sku -> steps.ask(new RestockReturned(sku, order, started(returned.get(sku)), refund.value())));
    }

    private void await(OrderSteps steps) {
        deadline = steps.await(started(orderId), started(refundId), attempt);
        stopRepeatingWhatOnlyAPersonCanHelp(steps);
    }

    private void endWhenNothingIsAwaited(OrderSteps steps) {
        stopRepeatingWhatOnlyAPersonCanHelp(steps);
        if (!moneyAwaited && stockAwaited.isEmpty()) {
            steps.stopWaiting(started(refundId));
            SagaLifecycle.end();
        }
    }

    /** When all that is left to do is what the provider keeps refusing. */
    private void stopRepeatingWhatOnlyAPersonCanHelp(OrderSteps steps) {
        if (leftToAPerson && stockAwaited.isEmpty()) {
            deadline = null;
            steps.stopWaiting(started(refundId));
        }
    }

    // what it waits for

    UUID refundId() {
        return started(refundId).value();
    }

    @Override
    public Wait waits() {
        return new Wait(
                started(orderId).toString(),
                STEP,
                AwaitedWords.all(
                        AwaitedWords.money(moneyAwaited, leftToAPerson),
                        AwaitedWords.ofSkus(stockAwaited, " to be put back on the shelves")),
                waitingSince,
                deadline,
                attempt + nudges,
                leftToAPerson,
                moneyAwaited ? refusal : null);
    }

    private static <T> T started(@Nullable T value) {
        return Objects.requireNonNull(value, "this saga has not been started by an OrderRefundRequested");
    }
}
