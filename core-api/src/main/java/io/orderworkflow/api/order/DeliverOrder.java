package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Says that the customer received the order. Sent by the REST API. Answered by {@link OrderDelivered}; repeating it has
 * no effect. Refused unless the order is shipped ({@code ORDER_NOT_SHIPPED}), and before it was
 * ({@code DELIVERED_BEFORE_SHIPPED}).
 *
 * @param orderId the order
 * @param deliveredAt when; {@code null} for when this is said
 */
public record DeliverOrder(
        @TargetAggregateIdentifier OrderId orderId,
        @Nullable Instant deliveredAt) implements OrderCommand {}
