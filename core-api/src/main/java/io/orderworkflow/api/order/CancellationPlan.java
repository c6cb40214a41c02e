package io.orderworkflow.api.order;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cancellation of an order would do, as far as it is known. The order goes on meanwhile: what it does after that
 * version is undone as well.
 *
 * @param orderId the order
 * @param version the version of the {@link OrderView} that this was derived from
 * @param refusal why the order cannot be cancelled, in plain words; {@code null} if it can
 * @param actions what would be done, in that order; empty where there is nothing left to do
 * @param moneyReturned what is known to be taken, and would be given back; 0 if nothing is
 * @param stockReturned what is known to be set aside or gone, and would be available again
 */
public record CancellationPlan(
        OrderId orderId,
        long version,
        @Nullable String refusal,
        List<Action> actions,
        Money moneyReturned,
        List<Pieces> stockReturned) {

    /** Creates the plan. */
    public CancellationPlan {
        actions = List.copyOf(actions);
        stockReturned = List.copyOf(stockReturned);
    }

    /**
     * One thing that would be done.
     *
     * @param code what kind of thing
     * @param text the same in words
     * @param sku the product, for what concerns one
     * @param quantity pieces of it, where they are known
     * @param amount the money, for what concerns the payment
     */
    public record Action(
            Code code,
            String text,
            @Nullable Sku sku,
            @Nullable Long quantity,
            @Nullable Money amount) {}

    /** The kinds of things that a cancellation does. */
    public enum Code {
        /** What is being taken out of stock is brought to its end, for until then it is not known what to put back. */
        FINISH_DEBIT,
        /** The payment is called off, and money that is held is let go. */
        VOID_PAYMENT,
        /** Money that is taken is given back. */
        REFUND_PAYMENT,
        /** Pieces that are set aside are available again. */
        RELEASE_STOCK,
        /** Pieces that had left the stock are put back. */
        RESTOCK,
        /** The order is told to be cancelled, once all of that is done. */
        CANCEL_ORDER
    }
}
