package io.orderworkflow.console;

import io.orderworkflow.api.order.OrderTimeline.Entry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an order did to the stock of one product.
 *
 * @param sku the product
 * @param reserved pieces that are set aside for it now
 * @param debited pieces that left the stock for it
 * @param restocked pieces that came back
 * @param note what stood in the way, if anything did
 */
record StockEffect(
        String sku,
        long reserved,
        long debited,
        long restocked,
        @Nullable String note) {

    /** Of all products, by the events that belong to the order. */
    static Collection<StockEffect> of(List<Entry> entries) {
        Map<String, StockEffect> effects = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Object sku = entry.payload().get("sku");
            if (sku != null && entry.type().startsWith("Stock")) {
                effects.compute(
                        sku.toString(),
                        (key, before) -> (before == null ? new StockEffect(key, 0, 0, 0, null) : before).after(entry));
            }
        }
        return effects.values();
    }

    private StockEffect after(Entry event) {
        return switch (event.type()) {
            case "StockReserved" ->
                new StockEffect(sku, reserved + number(event, "quantity"), debited, restocked, note);
            case "StockReleased" ->
                new StockEffect(sku, Math.max(0, reserved - number(event, "quantity")), debited, restocked, note);
            case "StockDebited" ->
                new StockEffect(
                        sku,
                        Math.max(0, reserved - number(event, "debited")),
                        debited + number(event, "debited"),
                        restocked,
                        note);
            case "StockRestocked" ->
                new StockEffect(sku, reserved, debited, restocked + number(event, "quantity"), note);
            case "StockReservationRejected" -> new StockEffect(sku, reserved, debited, restocked, event.text());
            default -> this;
        };
    }

    private static long number(Entry event, String field) {
        return event.payload().get(field) instanceof Number number ? number.longValue() : 0;
    }
}
