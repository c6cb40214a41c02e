package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.Money;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks the provider to do.
 *
 * @param idempotencyKey under which it is done once
 * @param paymentId the payment it belongs to
 * @param action what is to be done
 * @param amount how much is to be held, taken or given back; {@code null} for a void
 * @param token what is paid with; {@code null} except for an authorisation
 * @param skus the products of the order, where somebody wants to know them; else empty
 */
record Operation(
        String idempotencyKey,
        UUID paymentId,
        Action action,
        @Nullable Money amount,
        @Nullable String token,
        Set<String> skus) {

    Operation(String idempotencyKey, UUID paymentId, Action action, @Nullable Money amount, @Nullable String token) {
        this(idempotencyKey, paymentId, action, amount, token, Set.of());
    }

    Operation of(Set<String> products) {
        return new Operation(idempotencyKey, paymentId, action, amount, token, products);
    }

    enum Action {
        AUTHORIZATION,
        CAPTURE,
        VOID,
        REFUND
    }
}
