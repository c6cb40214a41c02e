package io.orderworkflow.order;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.platform.messaging.MessageSerializer;
import java.nio.charset.StandardCharsets;
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
    }

    private void expectTheSameBack() {
        SerializedObject<byte[]> stored = serializer.serialize(order, byte[].class);
        Order restored = serializer.deserialize(stored);
        assertThat(new String(stored.getData(), StandardCharsets.UTF_8))
                .contains(ORDER.orderId().toString());
        assertThat(restored).usingRecursiveComparison().isEqualTo(order);
    }
}
