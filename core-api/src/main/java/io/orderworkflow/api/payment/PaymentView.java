package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment as a reader sees it.
 *
 * @param paymentId the payment
 * @param orderId the order that is paid
 * @param status where it stands
 * @param statusReason the provider's reason, where it refused something
 * @param amount how much is to be paid
 * @param refunded how much of it was given back, {@code null} if none
 * @param method what kind of payment it is
 * @param providerReference the provider's own identifier, once there is one
 * @param attempts the calls to the provider so far, oldest first
 * @param requestedAt when it was asked for
 * @param version grows with every change of this view
 */
public record PaymentView(
        PaymentId paymentId,
        OrderId orderId,
        PaymentStatus status,
        @Nullable ProviderRefusal statusReason,
        Money amount,
        @Nullable Money refunded,
        String method,
        @Nullable String providerReference,
        List<ProviderAttempt> attempts,
        Instant requestedAt,
        long version) {}
