package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The customer received the order.
 *
 * @param orderId the order
 * @param deliveredAt when, where whoever said it knew; otherwise it was when this event happened
 */
@Revision("1")
public record OrderDelivered(OrderId orderId, @Nullable Instant deliveredAt) implements OrderEvent {}
