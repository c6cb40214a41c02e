package io.orderworkflow.inventory;

import static io.orderworkflow.api.SampleOrder.orderId;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.LowStockDetected;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A snapshot is the state written down as JSON: what is lost there is forgotten, and sold twice. */
class StockItemStateTest {

    private static final Sku SKU = new Sku("SKU-1");

    private static final UUID RETURN = orderId("return").value();

    private final StockItemOnBench stockItem = new StockItemOnBench();

    @BeforeEach
    void writeDownAndRestoreAfterALittleOfEverything() {
        stockItem.open(SKU);
        stockItem.handle(new ReceiveStock(SKU, 10, null));
        stockItem.handle(new SetReorderPoint(SKU, 5));
        stockItem.handle(new ReserveStock(SKU, orderId("rejected"), 11));
        stockItem.handle(new ReserveStock(SKU, orderId("released"), 1));
        stockItem.handle(new ReleaseStock(SKU, orderId("released")));
        stockItem.handle(new ReserveStock(SKU, orderId("debited"), 2));
        stockItem.handle(new DebitStock(SKU, orderId("debited")));
        stockItem.handle(new RestockReturned(SKU, orderId("debited"), 1, RETURN));
        stockItem.handle(new AdjustStock(SKU, -1, "broken"));
        stockItem.handle(new ReserveStock(SKU, orderId("open"), 3));
        assertThat(stockItem.events()).last().isEqualTo(new LowStockDetected(SKU, 5, 5));

        stockItem.restoreFromJson();
    }

    @Test
    void isWholeWhenRestored() {
        assertThat(stockItem.state()).isEqualTo(stockItem.stateReplayed());
        assertThat(stockItem.state().propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "open",
                        "onHand",
                        "reserved",
                        "reorderPoint",
                        "toldLow",
                        "reservations",
                        "closedReservations",
                        "knownReturns");
    }

    /**
     * As it is stored, of every revision that is still used. If this fails, raise the revision of {@link StockItem} and
     * record what it is written like now: snapshots of before would be restored wrongly, not left alone.
     */
    @Test
    void isStillWrittenAsItsRevisionSays() throws IOException {
        String revision = StockItem.class.getAnnotation(Revision.class).value();
        String recorded;
        try (InputStream sample = getClass().getResourceAsStream("/snapshots/StockItem-" + revision + ".json")) {
            recorded = new String(
                    requireNonNull(sample, "no sample of revision " + revision).readAllBytes(), UTF_8);
        }

        StockItem restored = StockItemOnBench.JSON.readValue(recorded, StockItem.class);

        assertThat(StockItemOnBench.JSON.readTree(StockItemOnBench.JSON.writeValueAsString(restored)))
                .isEqualTo(StockItemOnBench.JSON.readTree(recorded));
        assertThat(shape(stockItem.state())).isEqualTo(shape(StockItemOnBench.JSON.readTree(recorded)));
    }

    /** Names and kinds of what there is; what is in a map is not told, other than that of its first entry. */
    private static String shape(JsonNode node) {
        if (node.isObject()) {
            boolean byId =
                    node.propertyStream().anyMatch(entry -> entry.getKey().contains("-"));
            return node.propertyStream()
                    .limit(byId ? 1 : Long.MAX_VALUE)
                    .map(entry -> (byId ? "id" : entry.getKey()) + ":" + shape(entry.getValue()))
                    .sorted()
                    .collect(joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return node.valueStream().map(StockItemStateTest::shape).distinct().collect(joining(",", "[", "]"));
        }
        return node.getNodeType().name();
    }

    @Test
    void keepsWhatIsReserved() {
        assertThat(stockItem.handle(new ReserveStock(SKU, orderId("open"), 3))).isEmpty();
        assertThat(stockItem.handle(new DebitStock(SKU, orderId("open"))))
                .containsExactly(new StockDebited(SKU, orderId("open"), 8, 3, 5, 0));
    }

    @Test
    void keepsHowOrdersEnded() {
        assertThat(stockItem.handle(new ReserveStock(SKU, orderId("rejected"), 1)))
                .isEmpty();
        assertThat(stockItem.handle(new ReserveStock(SKU, orderId("released"), 1)))
                .isEmpty();
        assertThat(stockItem.handle(new ReserveStock(SKU, orderId("debited"), 1)))
                .isEmpty();
        assertThat(stockItem.handle(new DebitStock(SKU, orderId("debited")))).isEmpty();
        assertThat(stockItem.handle(new ReleaseStock(SKU, orderId("rejected"))))
                .containsExactly(new StockReleased(SKU, orderId("rejected"), 0, 3));
    }

    @Test
    void keepsWhatCameBack() {
        assertThat(stockItem.handle(new RestockReturned(SKU, orderId("debited"), 1, RETURN)))
                .isEmpty();
        UUID another = orderId("another return").value();
        assertThatIllegalStateException()
                .isThrownBy(() -> stockItem.handle(new RestockReturned(SKU, orderId("debited"), 2, another)));
        assertThat(stockItem.handle(new RestockReturned(SKU, orderId("debited"), 1, another)))
                .containsExactly(new StockRestocked(SKU, orderId("debited"), 1, 8, 9, another));
    }

    @Test
    void keepsThatLowStockWasTold() {
        assertThat(stockItem.handle(new ReserveStock(SKU, orderId("next"), 1)))
                .containsExactly(new StockReserved(SKU, orderId("next"), 1, 4));
    }

    @Test
    void forgetsOrdersInTheOrderOfTheirClosing() {
        // UUIDs that sort the other way round, in case a map came back sorted.
        ClosedReservations closed = new ClosedReservations();
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        OrderId first = OrderId.of("ffffffff-0000-0000-0000-000000000000");
        OrderId second = OrderId.of("00000000-0000-0000-0000-000000000000");
        closed.close(first, ClosedReservations.Outcome.RELEASED, noon);
        closed.close(second, ClosedReservations.Outcome.RELEASED, noon.plusSeconds(60));

        ClosedReservations restored = StockItemOnBench.JSON.readValue(
                StockItemOnBench.JSON.writeValueAsString(closed), ClosedReservations.class);
        restored.close(
                orderId("third"),
                ClosedReservations.Outcome.RELEASED,
                noon.plus(ClosedReservations.REMEMBERED_FOR).plusSeconds(1));

        assertThat(restored.outcomeFor(first)).isNull();
        assertThat(restored.outcomeFor(second)).isEqualTo(ClosedReservations.Outcome.RELEASED);
        assertThat(restored.forgotSome()).isTrue();
    }
}
