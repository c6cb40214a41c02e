package io.orderworkflow.query.audit;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** How the subjects of findings are named, and what among them is of a kind. */
final class Subjects {

    private static final String ORDER = "order:";
    private static final String STOCK = "stock:";
    private static final String PAYMENT = "payment:";

    private Subjects() {}

    static String order(UUID orderId) {
        return ORDER + orderId;
    }

    static String stock(String sku) {
        return STOCK + sku;
    }

    static String payment(UUID paymentId) {
        return PAYMENT + paymentId;
    }

    static String deadline(String name) {
        return "deadline:" + name;
    }

    static Set<UUID> orders(Collection<BreachKey> keys) {
        return ids(keys, ORDER);
    }

    static Set<UUID> payments(Collection<BreachKey> keys) {
        return ids(keys, PAYMENT);
    }

    static Set<String> skus(Collection<BreachKey> keys) {
        Set<String> skus = new LinkedHashSet<>();
        keys.stream()
                .map(BreachKey::subject)
                .filter(subject -> subject.startsWith(STOCK))
                .forEach(subject -> skus.add(subject.substring(STOCK.length())));
        return skus;
    }

    private static Set<UUID> ids(Collection<BreachKey> keys, String kind) {
        Set<UUID> ids = new LinkedHashSet<>();
        keys.stream()
                .map(BreachKey::subject)
                .filter(subject -> subject.startsWith(kind))
                .forEach(subject -> ids.add(UUID.fromString(subject.substring(kind.length()))));
        return ids;
    }
}
