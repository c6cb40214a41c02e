package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the provider's books: an operation, and what became of it.
 *
 * @param idempotencyKey of the operation
 * @param paymentId the payment it belongs to
 * @param action what was asked for
 * @param amount what was held, taken or given back; {@code null} if nothing was
 * @param token what was to be paid with; {@code null} except for an authorisation
 * @param refusal why it was refused; {@code null} if it was carried out
 */
record Line(
        String idempotencyKey,
        UUID paymentId,
        Operation.Action action,
        @Nullable Money amount,
        @Nullable String token,
        @Nullable Refusal refusal) {

    /** Whether this is what became of that operation, and not of another one that had the same key. */
    boolean isOf(Operation operation) {
        return idempotencyKey.equals(operation.idempotencyKey())
                && paymentId.equals(operation.paymentId())
                && action == operation.action();
    }
}
