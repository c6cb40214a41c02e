package io.orderworkflow.inventory;

import static io.orderworkflow.api.SampleOrder.orderId;
import static io.orderworkflow.api.inventory.ReceiveStock.MAX_ON_HAND;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.LowStockDetected;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReorderPointSet;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockItemTest {

    private static final Sku SKU = new Sku("SKU-1");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final FixtureConfiguration<StockItem> fixture = new AggregateTestFixture<>(StockItem.class);

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
            stockOf(10)
                    .andGivenCommands(new SetReorderPoint(SKU, 3))
                    .when(new SetReorderPoint(SKU, 3))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
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
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4))
                    .when(new ReserveStock(SKU, orderId("a"), quantity))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNothingWhenRepeatedAfterRejectionEvenIfStockArrived() {
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 11), new ReceiveStock(SKU, 5, null))
                    .when(new ReserveStock(SKU, orderId("a"), 11))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNothingWhenRepeatedAfterRelease() {
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new ReleaseStock(SKU, orderId("a")))
                    .when(new ReserveStock(SKU, orderId("a"), 4))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNothingWhenOvertakenByRelease() {
            stockOf(10)
                    .andGivenCommands(new ReleaseStock(SKU, orderId("a")))
                    .when(new ReserveStock(SKU, orderId("a"), 4))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNothingWhenRepeatedAfterDebit() {
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new DebitStock(SKU, orderId("a")))
                    .when(new ReserveStock(SKU, orderId("a"), 4))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void rejectsForSkuThatWasNeverAskedFor() {
            nothing().when(new ReserveStock(SKU, orderId("a"), 4)).expectEvents(rejected("a", 4, 0));
        }

        @Test
        void doesNothingWhenRepeatedForSkuThatIsNoProduct() {
            noProduct()
                    .andGivenCommands(new ReserveStock(SKU, orderId("b"), 4))
                    .when(new ReserveStock(SKU, orderId("b"), 4))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
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
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new ReleaseStock(SKU, orderId("a")))
                    .when(new ReleaseStock(SKU, orderId("a")))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
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
            stockOf(10)
                    .andGivenCommands(new ReleaseStock(SKU, orderId("a")), new ReserveStock(SKU, orderId("a"), 4))
                    .when(new ReleaseStock(SKU, orderId("a")))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
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
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 11), new ReleaseStock(SKU, orderId("a")))
                    .when(new ReleaseStock(SKU, orderId("a")))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNothingAfterDebit() {
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new DebitStock(SKU, orderId("a")))
                    .when(new ReleaseStock(SKU, orderId("a")))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
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
            stockOf(10)
                    .andGivenCommands(new ReserveStock(SKU, orderId("a"), 4), new DebitStock(SKU, orderId("a")))
                    .when(new DebitStock(SKU, orderId("a")))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
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
            fixture.givenCurrentTime(NOON)
                    .andGiven(new StockItemOpened(SKU), received(10, 10, null), reserved("a", 4, 4))
                    .andGivenCommands(new DebitStock(SKU, orderId("a")))
                    .andGivenCurrentTime(NOON.plus(Duration.ofMinutes(11)))
                    .andGivenCommands(new ReserveStock(SKU, orderId("b"), 1), new ReleaseStock(SKU, orderId("b")))
                    .when(new DebitStock(SKU, orderId("a")))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
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
            stockOf(10)
                    .andGiven(reserved("a", 4, 4), debited("a", 10, 4, 6, 0), restocked("a", 1, 6, 7, "one"))
                    .when(returned("a", 1, "one"))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
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
            fixture.givenCurrentTime(NOON)
                    .andGiven(new StockItemOpened(SKU), received(10, 10, null), reserved("a", 4, 4))
                    .andGivenCommands(new DebitStock(SKU, orderId("a")))
                    .andGivenCurrentTime(NOON.plus(Duration.ofMinutes(11)))
                    .andGivenCommands(new ReserveStock(SKU, orderId("b"), 1), new ReleaseStock(SKU, orderId("b")))
                    .andGivenCommands(returned("a", 4, "late"))
                    .andGivenCurrentTime(NOON.plus(Duration.ofDays(30)))
                    .when(returned("a", 4, "late"))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
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

    private TestExecutor<StockItem> nothing() {
        return fixture.givenNoPriorActivity();
    }

    /** A process asked for it, but it is none. */
    private TestExecutor<StockItem> noProduct() {
        return fixture.given(rejected("a", 1, 0));
    }

    private TestExecutor<StockItem> stockOf(long pieces) {
        return fixture.given(new StockItemOpened(SKU), received(pieces, pieces, null));
    }

    private static StockReceived received(long quantity, long onHand, @Nullable String reference) {
        return new StockReceived(SKU, quantity, onHand, reference);
    }

    private static StockReserved reserved(String order, long quantity, long reserved) {
        return new StockReserved(SKU, orderId(order), quantity, reserved);
    }

    private static StockReservationRejected rejected(String order, long requested, long available) {
        return new StockReservationRejected(SKU, orderId(order), requested, available);
    }

    private static StockReleased released(String order, long quantity, long reserved) {
        return new StockReleased(SKU, orderId(order), quantity, reserved);
    }

    private static StockDebited debited(String order, long previous, long debited, long onHand, long reserved) {
        return new StockDebited(SKU, orderId(order), previous, debited, onHand, reserved);
    }

    private static RestockReturned returned(String order, long quantity, String key) {
        return new RestockReturned(SKU, orderId(order), quantity, returnId(key));
    }

    private static StockRestocked restocked(String order, long quantity, long previous, long onHand, String key) {
        return new StockRestocked(SKU, orderId(order), quantity, previous, onHand, returnId(key));
    }

    private static UUID returnId(String key) {
        return orderId("return " + key).value();
    }
}
