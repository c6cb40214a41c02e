package io.orderworkflow.inventory;

import static io.orderworkflow.api.inventory.ReceiveStock.MAX_ON_HAND;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.LowStockDetected;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.ReorderPointSet;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.platform.CommandRefusedException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do to stock. */
class StockItemTest extends StockItemFixture {

    @Nested
    class Receiving {

        @Test
        void addsToPiecesOnHand() {
            stockOf(10).when(new ReceiveStock(SKU, 5, "delivery 7")).expectEvents(received(5, 15, "delivery 7"));
        }

        @Test
        void acceptsWhatFitsExactly() {
            stockOf(10)
                    .when(new ReceiveStock(SKU, MAX_ON_HAND - 10, null))
                    .expectEvents(new StockReceived(SKU, MAX_ON_HAND - 10, MAX_ON_HAND, null));
        }

        @Test
        void refusesWhatDoesNotFit() {
            stockOf(10)
                    .when(new ReceiveStock(SKU, MAX_ON_HAND - 9, null))
                    .expectNoEvents()
                    .expectException(CommandRefusedException.class)
                    .expectExceptionDetails(new Refusal(
                            Refusal.Code.STOCK_LIMIT_EXCEEDED,
                            "SKU-1 has 10 pieces on hand; 999999991 more would exceed the limit of 1000000000."));
        }

        @Test
        void countsTheSameReceiptTwice() {
            stockOf(10)
                    .andGivenCommands(new ReceiveStock(SKU, 5, "delivery 7"))
                    .when(new ReceiveStock(SKU, 5, "delivery 7"))
                    .expectEvents(received(5, 20, "delivery 7"));
        }

        @Test
        void knowsNoItemThatWasNeverAskedFor() {
            nothing()
                    .when(new ReceiveStock(SKU, 5, null))
                    .expectNoEvents()
                    .expectException(AggregateNotFoundException.class);
        }

        @Test
        void refusesForSkuThatIsNoProduct() {
            noProduct()
                    .when(new ReceiveStock(SKU, 5, null))
                    .expectNoEvents()
                    .expectExceptionDetails(new Refusal(Refusal.Code.UNKNOWN, "There is no product SKU-1."));
        }
    }

    @Nested
    class Adjusting {

        @Test
        void addsPieces() {
            stockOf(10).when(new AdjustStock(SKU, 3, "found")).expectEvents(new StockAdjusted(SKU, 10, 3, 13, "found"));
        }

        @Test
        void takesAwayAllThatIsNotReserved() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4))
                    .when(new AdjustStock(SKU, -6, "broken"))
                    .expectEvents(new StockAdjusted(SKU, 10, -6, 4, "broken"));
        }

        @Test
        void refusesToTakeAwayReservedPieces() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4))
                    .when(new AdjustStock(SKU, -7, "broken"))
                    .expectNoEvents()
                    .expectException(CommandRefusedException.class)
                    .expectExceptionDetails(new Refusal(
                            Refusal.Code.STOCK_RESERVED,
                            "SKU-1 has 10 pieces on hand, 4 of them reserved: 6 can be taken away,"
                                    + " an adjustment by -7 cannot be made."));
        }

        @ParameterizedTest
        @ValueSource(longs = {-11, Long.MIN_VALUE})
        void refusesToTakeAwayMoreThanThereIs(long delta) {
            stockOf(10)
                    .when(new AdjustStock(SKU, delta, "lost"))
                    .expectNoEvents()
                    .expectExceptionDetails(new Refusal(
                            Refusal.Code.STOCK_RESERVED,
                            "SKU-1 has 10 pieces on hand, 0 of them reserved: 10 can be taken away,"
                                    + " an adjustment by " + delta + " cannot be made."));
        }

        @ParameterizedTest
        @ValueSource(longs = {MAX_ON_HAND - 9, Long.MAX_VALUE})
        void refusesWhatDoesNotFit(long delta) {
            stockOf(10)
                    .when(new AdjustStock(SKU, delta, "found"))
                    .expectNoEvents()
                    .expectExceptionDetails(new Refusal(
                            Refusal.Code.STOCK_LIMIT_EXCEEDED,
                            "SKU-1 has 10 pieces on hand; " + delta + " more would exceed the limit of 1000000000."));
        }

        @Test
        void tellsOfLowStock() {
            stockOf(10)
                    .andGiven(new ReorderPointSet(SKU, 3))
                    .when(new AdjustStock(SKU, -8, "lost"))
                    .expectEvents(new StockAdjusted(SKU, 10, -8, 2, "lost"), new LowStockDetected(SKU, 2, 3));
        }

        @Test
        void knowsNoItemThatWasNeverAskedFor() {
            nothing()
                    .when(new AdjustStock(SKU, 5, "found"))
                    .expectNoEvents()
                    .expectException(AggregateNotFoundException.class);
        }

        @Test
        void refusesForSkuThatIsNoProduct() {
            noProduct()
                    .when(new AdjustStock(SKU, 5, "found"))
                    .expectNoEvents()
                    .expectExceptionDetails(new Refusal(Refusal.Code.UNKNOWN, "There is no product SKU-1."));
        }
    }

    @Nested
    class SettingReorderPoint {

        @Test
        void setsIt() {
            stockOf(10).when(new SetReorderPoint(SKU, 3)).expectEvents(new ReorderPointSet(SKU, 3));
        }

        @Test
        void doesNothingWhenRepeated() {
            expectNothing(
                    stockOf(10).andGivenCommands(new SetReorderPoint(SKU, 3)).when(new SetReorderPoint(SKU, 3)));
        }

        @Test
        void tellsOfStockThatIsLowByThat() {
            stockOf(10)
                    .when(new SetReorderPoint(SKU, 10))
                    .expectEvents(new ReorderPointSet(SKU, 10), new LowStockDetected(SKU, 10, 10));
        }

        @Test
        void doesNotTellAgainWhatIsLowAlready() {
            stockOf(10)
                    .andGivenCommands(new SetReorderPoint(SKU, 10))
                    .when(new SetReorderPoint(SKU, 20))
                    .expectEvents(new ReorderPointSet(SKU, 20));
        }

        @Test
        void tellsAgainOnceTheStockWasNotLowInBetween() {
            stockOf(10)
                    .andGivenCommands(new SetReorderPoint(SKU, 10), new SetReorderPoint(SKU, 9))
                    .when(new SetReorderPoint(SKU, 10))
                    .expectEvents(new ReorderPointSet(SKU, 10), new LowStockDetected(SKU, 10, 10));
        }

        @Test
        void takesZeroForNever() {
            stockOf(10)
                    .andGivenCommands(new SetReorderPoint(SKU, 5), new SetReorderPoint(SKU, 0))
                    .when(new AdjustStock(SKU, -10, "lost"))
                    .expectEvents(new StockAdjusted(SKU, 10, -10, 0, "lost"));
        }

        @Test
        void knowsNoItemThatWasNeverAskedFor() {
            nothing()
                    .when(new SetReorderPoint(SKU, 5))
                    .expectNoEvents()
                    .expectException(AggregateNotFoundException.class);
        }

        @Test
        void refusesForSkuThatIsNoProduct() {
            noProduct()
                    .when(new SetReorderPoint(SKU, 5))
                    .expectNoEvents()
                    .expectExceptionDetails(new Refusal(Refusal.Code.UNKNOWN, "There is no product SKU-1."));
        }
    }
}
