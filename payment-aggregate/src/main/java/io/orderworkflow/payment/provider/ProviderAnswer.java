package io.orderworkflow.payment.provider;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.payment.ProviderRefusal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a payment provider answers, for good. */
public sealed interface ProviderAnswer {

    /**
     * The provider did what it was asked.
     *
     * @param reference the provider's own identifier of the payment, 1 to 200 characters
     * @param refunded the answer to an undo only: all that was ever given back under this payment; {@code null} if
     *     nothing had been taken
     */
    record Done(String reference, @Nullable Money refunded) implements ProviderAnswer {

        /** Creates the answer; one that was read from a provider without a reference makes no sense. */
        public Done {
            Objects.requireNonNull(reference, "the answer has no reference");
        }
    }

    /**
     * The provider will not do it, however often it is asked.
     *
     * @param refusal why
     */
    record Refused(ProviderRefusal refusal) implements ProviderAnswer {}
}
