package io.orderworkflow.console;

import static io.orderworkflow.console.SampleHistory.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.order.OrderTimeline.Entry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StockEffectTest {

    @Test
    void holdsNoMoreWhatWasTakenOut() {
        assertThat(StockEffect.of(List.of(
                        of("StockReserved", Map.of("sku", "CUP", "quantity", 3)),
                        of("StockDebited", Map.of("sku", "CUP", "debited", 3)),
                        of("StockRestocked", Map.of("sku", "CUP", "quantity", 1)))))
                .containsExactly(new StockEffect("CUP", 0, 3, 1, null));
    }

    @Test
    void holdsNoMoreWhatWasGivenBack() {
        assertThat(StockEffect.of(List.of(
                        of("StockReserved", Map.of("sku", "CUP", "quantity", 3)),
                        of("StockReleased", Map.of("sku", "CUP", "quantity", 3)),
                        of("StockReserved", Map.of("sku", "POT", "quantity", 1)))))
                .containsExactly(new StockEffect("CUP", 0, 0, 0, null), new StockEffect("POT", 1, 0, 0, null));
    }

    @Test
    void saysWhyThereIsNone() {
        assertThat(StockEffect.of(List.of(of("StockReservationRejected", Map.of("sku", "CUP")))))
                .containsExactly(new StockEffect("CUP", 0, 0, 0, "in words"));
    }

    private static Entry of(String type, Map<String, Object> payload) {
        return entry(1, type, "StockItem", "CUP", 1, "command-1", "in words", payload);
    }
}
