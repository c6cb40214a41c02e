package io.orderworkflow.saga;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.platform.messaging.MessageSerializer;
import java.nio.charset.StandardCharsets;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;

/** The state of the saga as it is stored: private fields without getters, which Jackson would drop silently. */
class OrderProcessingSagaStateTest {

    private static final SampleOrder ORDER =
            anOrder().of("SKU-9", 2).of("SKU-1", 1).of("SKU-5", 1).of("SKU-3", 4);

    private final MessageSerializer serializer = new MessageSerializer();
    private final AskedSteps steps = new AskedSteps();
    private final OrderProcessingSaga saga = new OrderProcessingSaga();

    @Test
    void survivesBeingStoredInEveryStep() {
        saga.on(ORDER.placed(), steps);
        expectTheSameBack();
        saga.on(new StockReserved(new Sku("SKU-1"), ORDER.orderId(), 1, 1), steps);
        saga.on(new StockReservationRejected(new Sku("SKU-3"), ORDER.orderId(), 4, 2), steps);
        expectTheSameBack();
        saga.on(new StockReserved(new Sku("SKU-5"), ORDER.orderId(), 1, 1), steps);
        saga.on(new StockReserved(new Sku("SKU-9"), ORDER.orderId(), 2, 2), steps);
        expectTheSameBack();
    }

    @Test
    void asksInTheOrderOfSkusAfterBeingStored() {
        saga.on(ORDER.placed(), steps);
        OrderProcessingSaga restored = restored();
        steps.asked.clear();

        restored.on(new OrderStepExpired(ORDER.orderId(), OrderStep.RESERVATION, 1), steps);

        assertThat(steps.asked.stream()
                        .filter(ReleaseStock.class::isInstance)
                        .map(command -> ((ReleaseStock) command).sku().value()))
                .containsExactly("SKU-1", "SKU-3", "SKU-5", "SKU-9");
    }

    private void expectTheSameBack() {
        assertThat(restored()).usingRecursiveComparison().isEqualTo(saga);
    }

    private OrderProcessingSaga restored() {
        SerializedObject<byte[]> stored = serializer.serialize(saga, byte[].class);
        assertThat(new String(stored.getData(), StandardCharsets.UTF_8))
                .contains(ORDER.orderId().toString());
        return serializer.deserialize(stored);
    }
}
