package io.orderworkflow.inventory;

import static io.orderworkflow.api.SampleOrder.orderId;

import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.LowStockDetected;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReorderPointSet;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import java.time.Duration;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StockItemDebitTest extends StockItemFixture {

    @Nested
    class Debiting {

        @Test
        void takesReservedPiecesOutOfTheStock() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4), reserved("b", 2, 6))
                    .when(new DebitStock(SKU, orderId("a")))
                    .expectEvents(new StockDebited(SKU, orderId("a"), 10, 4, 6, 2));
        }

        @Test
        void leavesWhatIsAvailableAsItWas() {
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new DebitStock(SKU, orderId("a")))
                    .when(new ReserveStock(SKU, orderId("b"), 7))
                    .expectEvents(rejected("b", 7, 6));
        }

        @Test
        void doesNothingWhenRepeated() {
            expectNothing(stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new DebitStock(SKU, orderId("a")))
                    .when(new DebitStock(SKU, orderId("a"))));
        }

        @Test
        void failsForOrderThatReservedNothing() {
            stockOf(10)
                    .when(new DebitStock(SKU, orderId("a")))
                    .expectNoEvents()
                    .expectException(IllegalStateException.class)
                    .expectExceptionMessage("no SKU-1 is reserved for order " + orderId("a")
                            + ", it cannot be debited; the order is unknown here");
        }

        @Test
        void failsAfterRelease() {
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new ReleaseStock(SKU, orderId("a")))
                    .when(new DebitStock(SKU, orderId("a")))
                    .expectNoEvents()
                    .expectException(IllegalStateException.class);
        }

        @Test
        void failsAfterRejection() {
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 11))
                    .when(new DebitStock(SKU, orderId("a")))
                    .expectNoEvents()
                    .expectException(IllegalStateException.class);
        }

        @Test
        void failsForItemThatWasNeverAskedFor() {
            nothing()
                    .when(new DebitStock(SKU, orderId("a")))
                    .expectNoEvents()
                    .expectException(AggregateNotFoundException.class);
        }

        @Test
        void doesNothingWhenRepeatedSoLateThatTheOrderIsForgotten() {
            expectNothing(fixture.givenCurrentTime(NOON)
                    .andGiven(new StockItemOpened(SKU), received(10, 10, null), reserved("a", 4, 4))
                    .andGivenCommands(new DebitStock(SKU, orderId("a")))
                    .andGivenCurrentTime(NOON.plus(Duration.ofMinutes(11)))
                    .andGivenCommands(new ReserveStock(SKU, orderId("b"), 1), new ReleaseStock(SKU, orderId("b")))
                    .when(new DebitStock(SKU, orderId("a"))));
        }
    }

    @Nested
    class TakingBackReturns {

        @Test
        void putsPiecesBackOnTheShelves() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4), debited("a", 10, 4, 6, 0))
                    .when(returned("a", 4, "a cancellation"))
                    .expectEvents(restocked("a", 4, 6, 10, "a cancellation"));
        }

        @Test
        void takesBackPartByPart() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4), debited("a", 10, 4, 6, 0), restocked("a", 1, 6, 7, "one"))
                    .when(returned("a", 3, "another"))
                    .expectEvents(restocked("a", 3, 7, 10, "another"));
        }

        @Test
        void takesBackOnce() {
            expectNothing(stockOf(10)
                    .andGiven(reserved("a", 4, 4), debited("a", 10, 4, 6, 0), restocked("a", 1, 6, 7, "one"))
                    .when(returned("a", 1, "one")));
        }

        @Test
        void failsIfMoreComesBackThanIsOut() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4), debited("a", 10, 4, 6, 0), restocked("a", 1, 6, 7, "one"))
                    .when(returned("a", 4, "another"))
                    .expectNoEvents()
                    .expectException(IllegalStateException.class)
                    .expectExceptionMessage("4 pieces of SKU-1 cannot come back from order " + orderId("a")
                            + ": 3 of its pieces are out");
        }

        @Test
        void failsIfTheDebitIsStillOnItsWay() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4))
                    .when(returned("a", 4, "early"))
                    .expectNoEvents()
                    .expectException(IllegalStateException.class);
        }

        @Test
        void failsIfItWasReleased() {
            stockOf(10)
                    .andGiven(reserved("a", 4, 4), released("a", 4, 0))
                    .when(returned("a", 4, "any"))
                    .expectNoEvents()
                    .expectException(IllegalStateException.class);
        }

        @Test
        void failsIfItWasRejected() {
            stockOf(10)
                    .andGiven(rejected("a", 11, 10))
                    .when(returned("a", 4, "any"))
                    .expectNoEvents()
                    .expectException(IllegalStateException.class);
        }

        @Test
        void failsForAnOrderThatWasNeverHere() {
            stockOf(10).when(returned("a", 4, "any")).expectNoEvents().expectException(IllegalStateException.class);
        }

        @Test
        void failsForItemThatWasNeverAskedFor() {
            nothing().when(returned("a", 4, "any")).expectNoEvents().expectException(AggregateNotFoundException.class);
        }

        @Test
        void takesBackWhatAnOrderReturnsThatIsForgotten() {
            fixture.givenCurrentTime(NOON)
                    .andGiven(new StockItemOpened(SKU), received(10, 10, null), reserved("a", 4, 4))
                    .andGivenCommands(new DebitStock(SKU, orderId("a")))
                    .andGivenCurrentTime(NOON.plus(Duration.ofMinutes(11)))
                    .andGivenCommands(new ReserveStock(SKU, orderId("b"), 1), new ReleaseStock(SKU, orderId("b")))
                    .when(returned("a", 4, "late"))
                    .expectEvents(restocked("a", 4, 6, 10, "late"));
        }

        @Test
        void takesBackOnceWhatAnOrderReturnsThatIsForgotten() {
            expectNothing(fixture.givenCurrentTime(NOON)
                    .andGiven(new StockItemOpened(SKU), received(10, 10, null), reserved("a", 4, 4))
                    .andGivenCommands(new DebitStock(SKU, orderId("a")))
                    .andGivenCurrentTime(NOON.plus(Duration.ofMinutes(11)))
                    .andGivenCommands(new ReserveStock(SKU, orderId("b"), 1), new ReleaseStock(SKU, orderId("b")))
                    .andGivenCommands(returned("a", 4, "late"))
                    .andGivenCurrentTime(NOON.plus(Duration.ofDays(30)))
                    .when(returned("a", 4, "late")));
        }

        @Test
        void failsForAnOpenReservationEvenIfOthersAreForgotten() {
            fixture.givenCurrentTime(NOON)
                    .andGiven(new StockItemOpened(SKU), received(10, 10, null), rejected("b", 11, 10))
                    .andGivenCurrentTime(NOON.plus(Duration.ofMinutes(11)))
                    .andGiven(rejected("c", 11, 10), reserved("a", 4, 4))
                    .when(returned("a", 4, "early"))
                    .expectNoEvents()
                    .expectException(IllegalStateException.class);
        }

        @Test
        void failsForSkuThatIsNoProductEvenIfOrdersAreForgotten() {
            fixture.givenCurrentTime(NOON)
                    .andGiven(rejected("b", 1, 0))
                    .andGivenCurrentTime(NOON.plus(Duration.ofMinutes(11)))
                    .andGiven(rejected("c", 1, 0))
                    .when(returned("a", 4, "any"))
                    .expectNoEvents()
                    .expectException(IllegalStateException.class);
        }

        @Test
        void canBeSoldAgain() {
            stockOf(4)
                    .andGiven(reserved("a", 4, 4), debited("a", 4, 4, 0, 0), restocked("a", 4, 0, 4, "all"))
                    .when(new ReserveStock(SKU, orderId("b"), 4))
                    .expectEvents(reserved("b", 4, 4));
        }

        @Test
        void letsLowStockBeToldOfAgain() {
            stockOf(10)
                    .andGiven(new ReorderPointSet(SKU, 5), reserved("a", 6, 6), new LowStockDetected(SKU, 4, 5))
                    .andGiven(debited("a", 10, 6, 4, 0), restocked("a", 2, 4, 6, "some"))
                    .when(new ReserveStock(SKU, orderId("b"), 1))
                    .expectEvents(reserved("b", 1, 1), new LowStockDetected(SKU, 5, 5));
        }

        @Test
        void doesNotLetLowStockBeToldOfAgainWhileItStaysLow() {
            stockOf(10)
                    .andGiven(new ReorderPointSet(SKU, 5), reserved("a", 6, 6), new LowStockDetected(SKU, 4, 5))
                    .andGiven(debited("a", 10, 6, 4, 0), restocked("a", 1, 4, 5, "one"))
                    .when(new ReserveStock(SKU, orderId("b"), 1))
                    .expectEvents(reserved("b", 1, 1));
        }
    }
}
