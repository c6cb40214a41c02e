package io.orderworkflow.order;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can still be refunded of an order. Pieces are refunded at what they cost: where several lines have the same
 * product at different prices, in the order of the lines. So all refunds of an order together are exactly its total.
 */
final class RefundablePieces {

    private final Map<Sku, List<AtPrice>> left = new LinkedHashMap<>();

    RefundablePieces(List<OrderLine> lines, Collection<List<Pieces>> refunded) {
        lines.forEach(line -> left.computeIfAbsent(line.sku(), sku -> new ArrayList<>())
                .add(new AtPrice(line.quantity(), line.unitPrice())));
        refunded.forEach(this::priceOf);
    }

    /** Everything that is left. */
    List<Pieces> all() {
        List<Pieces> all = left.entrySet().stream()
                .map(entry -> new Pieces(entry.getKey(), quantityOf(entry.getKey())))
                .filter(pieces -> pieces.quantity() > 0)
                .toList();
        if (all.isEmpty()) {
            throw new CommandRefusedException(
                    Refusal.Code.REFUND_EXCEEDS_ORDER, "all pieces of this order are refunded already");
        }
        return all;
    }

    /** Takes these pieces from what is left, and tells what they cost. */
    Money priceOf(List<Pieces> pieces) {
        return pieces.stream().map(this::take).reduce(Money::plus).orElseThrow();
    }

    private Money take(Pieces pieces) {
        List<AtPrice> offers = left.get(pieces.sku());
        if (offers == null) {
            throw new CommandRefusedException(
                    Refusal.Code.NOT_ORDERED, pieces.sku() + " is not a product of this order");
        }
        long available = quantityOf(pieces.sku());
        if (pieces.quantity() > available) {
            throw new CommandRefusedException(
                    Refusal.Code.REFUND_EXCEEDS_ORDER,
                    "of %s, %d pieces can still be refunded, not %d"
                            .formatted(pieces.sku(), available, pieces.quantity()));
        }
        long missing = pieces.quantity();
        Money price = Money.zero(offers.get(0).unitPrice().currency());
        List<AtPrice> rest = new ArrayList<>();
        for (AtPrice offer : offers) {
            long taken = Math.min(missing, offer.quantity());
            missing -= taken;
            price = price.plus(offer.unitPrice().times(taken));
            rest.add(new AtPrice(offer.quantity() - taken, offer.unitPrice()));
        }
        left.put(pieces.sku(), rest);
        return price;
    }

    private long quantityOf(Sku sku) {
        return left.getOrDefault(sku, List.of()).stream()
                .mapToLong(AtPrice::quantity)
                .sum();
    }

    private record AtPrice(long quantity, Money unitPrice) {}
}
