package io.orderworkflow.payment.builtin;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells which products a payment is for. */
@FunctionalInterface
interface SkuLookUp {

    /** For a provider that does not want to know. */
    SkuLookUp NONE = (paymentId, orderId) -> CompletableFuture.completedFuture(Set.of());

    /**
     * Looks them up.
     *
     * @param orderId the order, if the client says which
     * @return the products, none if the order cannot be found; never fails
     */
    CompletionStage<Set<String>> skusOf(UUID paymentId, @Nullable String orderId);
}
