package io.orderworkflow.query;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.FindProductsBySku;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Tells those who follow products what has become of them. */
final class ProductUpdates {

    private final QueryUpdateEmitter emitter;
    private final InventoryReader inventory;
    private final CommittedChanges<Sku> changes = new CommittedChanges<>(this::tell);

    ProductUpdates(QueryUpdateEmitter emitter, InventoryReader inventory) {
        this.emitter = emitter;
        this.inventory = inventory;
    }

    /** Tells of these products when the batch has committed. */
    void tellOnceCommitted(Collection<Sku> changed) {
        changes.add(changed);
    }

    private void tell(Set<Sku> changed) {
        inventory.forget(changed);
        Set<Sku> followed = emitter.activeSubscriptions().stream()
                .map(subscription -> subscription.getPayload())
                .filter(FindProductsBySku.class::isInstance)
                .flatMap(query -> ((FindProductsBySku) query).skus().stream())
                .filter(changed::contains)
                .collect(Collectors.toSet());
        if (!followed.isEmpty()) {
            inventory
                    .read(followed)
                    .forEach(product -> emitter.emit(
                            FindProductsBySku.class, query -> query.skus().contains(product.sku()), product));
        }
    }
}
