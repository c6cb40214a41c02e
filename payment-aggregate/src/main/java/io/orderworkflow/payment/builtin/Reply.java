package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.Money;
import io.orderworkflow.payment.builtin.Conduct.Delivery;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of a client's request. */
sealed interface Reply {

    /**
     * It was done.
     *
     * @param paymentId the payment it belongs to
     * @param refunded what was given back under this payment so far; {@code null} if nothing
     * @param delivery whether the client is to hear of it
     * @param delay how long that takes
     */
    record Done(UUID paymentId, @Nullable Money refunded, Delivery delivery, Duration delay) implements Reply {}

    /** It is refused. */
    record Refused(Refusal refusal, Delivery delivery, Duration delay) implements Reply {}

    /** Nothing was done; it may be tried again. */
    record TurnedAway() implements Reply {}

    /** Nothing was done, and nothing is said. */
    record Ignored() implements Reply {}

    /** Nothing was done, and the connection ends. */
    record HungUp() implements Reply {}

    /** Something else was done before under the same key. */
    record KeyReused() implements Reply {}

    /** Nothing was done under this key so far. */
    record NotFound() implements Reply {}
}
