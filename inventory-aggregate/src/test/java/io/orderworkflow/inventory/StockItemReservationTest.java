package io.orderworkflow.inventory;

import static io.orderworkflow.api.SampleOrder.orderId;

import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.LowStockDetected;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReorderPointSet;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.inventory.StockItemOpened;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockItemReservationTest extends StockItemFixture {

    @Nested
    class Reserving {

        @Test
        void setsPiecesAside() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4))
                    .when(new ReserveStock(SKU, orderId("b"), 2))
                    .expectEvents(reserved("b", 2, 6));
        }

        @Test
        void setsTheLastPiecesAside() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4))
                    .when(new ReserveStock(SKU, orderId("b"), 6))
                    .expectEvents(reserved("b", 6, 10));
        }

        @Test
        void rejectsMoreThanIsAvailable() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4))
                    .when(new ReserveStock(SKU, orderId("b"), 7))
                    .expectEvents(rejected("b", 7, 6));
        }

        @Test
        void rejectsWhatNoStockCanEverHold() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4))
                    .when(new ReserveStock(SKU, orderId("b"), Long.MAX_VALUE))
                    .expectEvents(rejected("b", Long.MAX_VALUE, 6));
        }

        @ParameterizedTest
        @ValueSource(longs = {4, 5})
        void doesNothingWhenRepeated(long quantity) {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4))
                    .when(new ReserveStock(SKU, orderId("a"), quantity)));
        }

        @Test
        void doesNothingWhenRepeatedAfterRejectionEvenIfStockArrived() {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 11), new ReceiveStock(SKU, 5, null))
                    .when(new ReserveStock(SKU, orderId("a"), 11)));
        }

        @Test
        void doesNothingWhenRepeatedAfterRelease() {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new ReleaseStock(SKU, orderId("a")))
                    .when(new ReserveStock(SKU, orderId("a"), 4)));
        }

        @Test
        void doesNothingWhenOvertakenByRelease() {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReleaseStock(SKU, orderId("a")))
                    .when(new ReserveStock(SKU, orderId("a"), 4)));
        }

        @Test
        void doesNothingWhenRepeatedAfterDebit() {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new DebitStock(SKU, orderId("a")))
                    .when(new ReserveStock(SKU, orderId("a"), 4)));
        }

        @Test
        void rejectsForSkuThatWasNeverAskedFor() {
            nothing().when(new ReserveStock(SKU, orderId("a"), 4)).expectEvents(rejected("a", 4, 0));
        }

        @Test
        void doesNothingWhenRepeatedForSkuThatIsNoProduct() {
            expectNothing(noProduct()
                    .andGivenCommands(new ReserveStock(SKU, orderId("b"), 4))
                    .when(new ReserveStock(SKU, orderId("b"), 4)));
        }

        @Test
        void tellsOfLowStock() {
            stockOf(10)
                    .andGiven(new ReorderPointSet(SKU, 3))
                    .when(new ReserveStock(SKU, orderId("a"), 7))
                    .expectEvents(reserved("a", 7, 7), new LowStockDetected(SKU, 3, 3));
        }

        @Test
        void doesNotTellOfStockAboveReorderPoint() {
            stockOf(10)
                    .andGiven(new ReorderPointSet(SKU, 3))
                    .when(new ReserveStock(SKU, orderId("a"), 6))
                    .expectEvents(reserved("a", 6, 6));
        }

        @Test
        void tellsOfLowStockOnce() {
            stockOf(10)
                    .andGivenCommands(new SetReorderPoint(SKU, 3), new ReserveStock(SKU, orderId("a"), 7))
                    .when(new ReserveStock(SKU, orderId("b"), 1))
                    .expectEvents(reserved("b", 1, 8));
        }

        @Test
        void doesNotTellAgainWhileStockStaysLow() {
            stockOf(10)
                    .andGivenCommands(
                            new SetReorderPoint(SKU, 3),
                            new ReserveStock(SKU, orderId("a"), 9),
                            new ReceiveStock(SKU, 2, null))
                    .when(new ReserveStock(SKU, orderId("b"), 1))
                    .expectEvents(reserved("b", 1, 10));
        }

        @Test
        void tellsAgainOnceReceiptEndedLowStock() {
            stockOf(10)
                    .andGivenCommands(
                            new SetReorderPoint(SKU, 3),
                            new ReserveStock(SKU, orderId("a"), 9),
                            new ReceiveStock(SKU, 3, null))
                    .when(new ReserveStock(SKU, orderId("b"), 1))
                    .expectEvents(reserved("b", 1, 10), new LowStockDetected(SKU, 3, 3));
        }

        @Test
        void tellsAgainOnceReleaseEndedLowStock() {
            stockOf(10)
                    .andGivenCommands(
                            new SetReorderPoint(SKU, 3),
                            new ReserveStock(SKU, orderId("a"), 9),
                            new ReleaseStock(SKU, orderId("a")))
                    .when(new ReserveStock(SKU, orderId("b"), 8))
                    .expectEvents(reserved("b", 8, 8), new LowStockDetected(SKU, 2, 3));
        }

        @Test
        void tellsAgainOnceAdjustmentEndedLowStock() {
            stockOf(10)
                    .andGivenCommands(
                            new SetReorderPoint(SKU, 3),
                            new ReserveStock(SKU, orderId("a"), 9),
                            new AdjustStock(SKU, 3, "found"))
                    .when(new ReserveStock(SKU, orderId("b"), 1))
                    .expectEvents(reserved("b", 1, 10), new LowStockDetected(SKU, 3, 3));
        }
    }

    @Nested
    class Releasing {

        @Test
        void givesBackWhatWasReserved() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4), reserved("b", 2, 6))
                    .when(new ReleaseStock(SKU, orderId("a")))
                    .expectEvents(released("a", 4, 2));
        }

        @Test
        void makesPiecesAvailableAgain() {
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 10), new ReleaseStock(SKU, orderId("a")))
                    .when(new ReserveStock(SKU, orderId("b"), 10))
                    .expectEvents(reserved("b", 10, 10));
        }

        @Test
        void doesNothingWhenRepeated() {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new ReleaseStock(SKU, orderId("a")))
                    .when(new ReleaseStock(SKU, orderId("a"))));
        }

        @Test
        void answersThoughItOvertookTheReservation() {
            stockOf(10)
                    .andGiven(reserved("b", 2, 2))
                    .when(new ReleaseStock(SKU, orderId("a")))
                    .expectEvents(released("a", 0, 2));
        }

        @Test
        void doesNothingWhenRepeatedAfterOvertaking() {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReleaseStock(SKU, orderId("a")), new ReserveStock(SKU, orderId("a"), 4))
                    .when(new ReleaseStock(SKU, orderId("a"))));
        }

        @Test
        void answersAfterRejection() {
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 11))
                    .when(new ReleaseStock(SKU, orderId("a")))
                    .expectEvents(released("a", 0, 0));
        }

        @Test
        void doesNothingWhenRepeatedAfterRejection() {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 11), new ReleaseStock(SKU, orderId("a")))
                    .when(new ReleaseStock(SKU, orderId("a"))));
        }

        @Test
        void doesNothingAfterDebit() {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new DebitStock(SKU, orderId("a")))
                    .when(new ReleaseStock(SKU, orderId("a"))));
        }

        @Test
        void answersForSkuThatWasNeverAskedFor() {
            nothing().when(new ReleaseStock(SKU, orderId("a"))).expectEvents(released("a", 0, 0));
        }

        @Test
        void givesBackReservationHoweverOldItIs() {
            fixture.givenCurrentTime(NOON)
                    .andGiven(new StockItemOpened(SKU), received(10, 10, null), reserved("a", 4, 4))
                    .andGivenCurrentTime(NOON.plus(Duration.ofDays(1)))
                    .andGivenCommands(new ReserveStock(SKU, orderId("b"), 1), new ReleaseStock(SKU, orderId("b")))
                    .when(new ReleaseStock(SKU, orderId("a")))
                    .expectEvents(released("a", 4, 0));
        }
    }
}
