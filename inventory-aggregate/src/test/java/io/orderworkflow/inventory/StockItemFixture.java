package io.orderworkflow.inventory;

import static io.orderworkflow.api.SampleOrder.orderId;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;

/** Stock of one SKU, with what happens to it and what it tells. */
abstract class StockItemFixture {

    static final Sku SKU = new Sku("SKU-1");
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    final FixtureConfiguration<StockItem> fixture = new AggregateTestFixture<>(StockItem.class);

    TestExecutor<StockItem> nothing() {
        return fixture.givenNoPriorActivity();
    }

    /** A process asked for it, but it is none. */
    TestExecutor<StockItem> noProduct() {
        return fixture.given(rejected("a", 1, 0));
    }

    TestExecutor<StockItem> stockOf(long pieces) {
        return fixture.given(new StockItemOpened(SKU), received(pieces, pieces, null));
    }

    static void expectNothing(ResultValidator<StockItem> result) {
        result.expectSuccessfulHandlerExecution().expectNoEvents();
    }

    static StockReceived received(long quantity, long onHand, @Nullable String reference) {
        return new StockReceived(SKU, quantity, onHand, reference);
    }

    static StockReserved reserved(String order, long quantity, long reserved) {
        return new StockReserved(SKU, orderId(order), quantity, reserved);
    }

    static StockReservationRejected rejected(String order, long requested, long available) {
        return new StockReservationRejected(SKU, orderId(order), requested, available);
    }

    static StockReleased released(String order, long quantity, long reserved) {
        return new StockReleased(SKU, orderId(order), quantity, reserved);
    }

    static StockDebited debited(String order, long previous, long debited, long onHand, long reserved) {
        return new StockDebited(SKU, orderId(order), previous, debited, onHand, reserved);
    }

    static RestockReturned returned(String order, long quantity, String key) {
        return new RestockReturned(SKU, orderId(order), quantity, returnId(key));
    }

    static StockRestocked restocked(String order, long quantity, long previous, long onHand, String key) {
        return new StockRestocked(SKU, orderId(order), quantity, previous, onHand, returnId(key));
    }

    private static UUID returnId(String key) {
        return orderId("return " + key).value();
    }
}
