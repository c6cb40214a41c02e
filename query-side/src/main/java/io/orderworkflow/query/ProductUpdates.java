package io.orderworkflow.query;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.FindProductsBySku;
import java.util.Set;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Tells those who follow products what has become of them, once that can be read. */
final class ProductUpdates {

    private final QueryUpdateEmitter emitter;
    private final InventoryReader inventory;

    ProductUpdates(QueryUpdateEmitter emitter, InventoryReader inventory) {
        this.emitter = emitter;
        this.inventory = inventory;
    }

    /** Tells of these products when the batch has committed. */
    void afterCommit(Set<Sku> changed) {
        Set<Sku> skus = Set.copyOf(changed);
        if (!skus.isEmpty()) {
            CurrentUnitOfWork.get().root().afterCommit(committed -> tell(skus));
        }
    }

    private void tell(Set<Sku> changed) {
        boolean followed = emitter.activeSubscriptions().stream()
                .anyMatch(subscription -> subscription.getPayload() instanceof FindProductsBySku);
        if (followed) {
            inventory
                    .findAll(changed)
                    .forEach(product -> emitter.emit(
                            FindProductsBySku.class, query -> query.skus().contains(product.sku()), product));
        }
    }
}
