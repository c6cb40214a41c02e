package io.orderworkflow.order;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.platform.messaging.MessageSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;

/** The state of an order as a snapshot would store it. */
class OrderStateTest {

    private static final SampleOrder ORDER = anOrder().of("SKU-1", 2);

    private final MessageSerializer serializer = new MessageSerializer();
    private final Order order = new Order();

    @Test
    void survivesBeingStored() {
        order.on(ORDER.placed());
        order.on(new OrderStepExpired(ORDER.orderId(), OrderStep.CONFIRMATION, 2));
        expectTheSameBack();
        order.on(new OrderConfirmed(ORDER.orderId()));
        expectTheSameBack();
        order.on(new OrderShipped(ORDER.orderId(), new Shipment("Post", "RR 1")), Instant.EPOCH);
        order.on(new OrderRefundRequested(
                ORDER.orderId(),
                RefundId.forIdempotencyKey(ORDER.orderId(), "r1"),
                List.of(new Pieces(new Sku("SKU-1"), 1)),
                ORDER.total(),
                "broken",
                true));
        expectTheSameBack();
    }

    private void expectTheSameBack() {
        SerializedObject<byte[]> stored = serializer.serialize(order, byte[].class);
        Order restored = serializer.deserialize(stored);
        assertThat(new String(stored.getData(), StandardCharsets.UTF_8))
                .contains(ORDER.orderId().toString());
        assertThat(restored).usingRecursiveComparison().isEqualTo(order);
    }
}
