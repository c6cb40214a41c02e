package io.orderworkflow.platform.history;

import org.axonframework.serialization.upcasting.event.EventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code OrderPlaced} once looked like.
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
final class OrderPlacedRevisions {

    /** What bare amounts are in. */
    static final String ONLY_CURRENCY = "EUR";

    private static final String EVENT = "OrderPlaced";

    private OrderPlacedRevisions() {}

    /** From revision 1 to 2. */
    static EventUpcaster addCurrency() {
        return new RevisionUpcaster(EVENT, "1", "2", order -> {
            addCurrency(order, "total");
            for (JsonNode line : order.path("lines")) {
                addCurrency((ObjectNode) line, "unitPrice");
            }
        });
    }

    private static void addCurrency(ObjectNode owner, String name) {
        JsonNode amount = owner.path(name);
        if (amount.isString() || amount.isNumber()) {
            owner.putObject(name).put("amount", amount.asString()).put("currency", ONLY_CURRENCY);
        }
    }

    /** From revision 2 to 3. */
    static EventUpcaster addShippingAddress() {
        return new RevisionUpcaster(EVENT, "2", "3", order -> {
            if (!order.has("shippingAddress")) {
                order.putNull("shippingAddress");
            }
        });
    }
}
