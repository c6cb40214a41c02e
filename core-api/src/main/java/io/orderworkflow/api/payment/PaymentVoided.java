package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is held or taken any more for this payment, and nothing will be.
 *
 * @param paymentId the payment
 * @param orderId the order that is paid
 * @param refunded all that was given back of money that had been taken already, by earlier refunds too; {@code null}
 *     if none had been taken
 * @param attempts the calls to the provider that it took, oldest first
 */
@Revision("1")
public record PaymentVoided(
        PaymentId paymentId, OrderId orderId, @Nullable Money refunded, List<ProviderAttempt> attempts)
        implements PaymentEvent {}
