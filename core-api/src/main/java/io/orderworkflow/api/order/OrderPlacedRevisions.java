package io.orderworkflow.api.order;

import io.orderworkflow.api.EventRevision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link OrderPlaced} once looked like.
 *
 * <ol>
 *   <li>Amounts were bare numbers: everything was sold in {@value #ONLY_CURRENCY}. Where it was to be shipped was not
 *       recorded.
 *   <li>Amounts have a currency.
 *   <li>It is recorded where the order goes. Of older ones it is not known.
 * </ol>
 *
 * <p>Builds that wrote amounts with a currency, and addresses, under revision 1 have existed too. So nothing is taken
 * for granted of an older revision: what an event has is left as it is.
 */
public final class OrderPlacedRevisions {

    /** What bare amounts are in. */
    static final String ONLY_CURRENCY = "EUR";

    private static final String EVENT = "OrderPlaced";

    /** All of them, each behind the one before. */
    public static final List<EventRevision> ALL = List.of(
            new EventRevision(EVENT, "1", "2", OrderPlacedRevisions::addCurrencies),
            new EventRevision(EVENT, "2", "3", order -> order.putIfAbsent("shippingAddress", null)));

    private OrderPlacedRevisions() {}

    private static void addCurrencies(Map<String, Object> order) {
        addCurrency(order, "total");
        if (order.get("lines") instanceof List<?> lines) {
            lines.forEach(line -> addCurrency(object(line), "unitPrice"));
        }
    }

    private static void addCurrency(Map<String, Object> owner, String name) {
        Object amount = owner.get(name);
        if (amount instanceof String || amount instanceof Number) {
            Map<String, Object> money = new LinkedHashMap<>();
            money.put("amount", amount.toString());
            money.put("currency", ONLY_CURRENCY);
            owner.put(name, money);
        }
    }

    @SuppressWarnings("unchecked") // A JSON object is a map of text to values.
    private static Map<String, Object> object(Object line) {
        return (Map<String, Object>) line;
    }
}
