package io.orderworkflow.inventory;

import static io.orderworkflow.api.SampleOrder.orderId;
import static io.orderworkflow.inventory.KnownReturns.REMEMBERED_AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownReturnsTest {

    private final KnownReturns knownReturns = new KnownReturns();

    private static UUID returnId(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void areTheReturnsOfThatOrderOnly() {
        knownReturns.add(orderId("a"), returnId("first"));

        assertThat(knownReturns.contains(orderId("a"), returnId("first"))).isTrue();
        assertThat(knownReturns.contains(orderId("a"), returnId("second"))).isFalse();
        assertThat(knownReturns.contains(orderId("b"), returnId("first"))).isFalse();
    }

    @Test
    void forgetTheOldestWhenThereAreTooMany() {
        for (int i = 0; i <= REMEMBERED_AT_MOST; i++) {
            knownReturns.add(orderId("a"), returnId("return-" + i));
        }

        assertThat(knownReturns.contains(orderId("a"), returnId("return-0"))).isFalse();
        assertThat(knownReturns.contains(orderId("a"), returnId("return-1"))).isTrue();
        assertThat(knownReturns.contains(orderId("a"), returnId("return-" + REMEMBERED_AT_MOST)))
                .isTrue();
    }

    @Test
    void comeBackFromASnapshotInTheirOrder() {
        // Texts that sort the other way round, in case a set came back sorted.
        UUID first = UUID.fromString("ffffffff-0000-0000-0000-000000000000");
        UUID second = UUID.fromString("00000000-0000-0000-0000-000000000000");
        knownReturns.add(orderId("a"), first);
        knownReturns.add(orderId("a"), second);

        KnownReturns restored = StockItemOnBench.JSON.readValue(
                StockItemOnBench.JSON.writeValueAsString(knownReturns), KnownReturns.class);
        for (int i = 1; i < REMEMBERED_AT_MOST; i++) {
            restored.add(orderId("a"), returnId("return-" + i));
        }

        assertThat(restored.contains(orderId("a"), first)).isFalse();
        assertThat(restored.contains(orderId("a"), second)).isTrue();
    }
}
