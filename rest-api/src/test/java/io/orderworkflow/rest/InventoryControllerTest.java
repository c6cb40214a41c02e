package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.FindStock;
import io.orderworkflow.api.inventory.FindStockMovements;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.inventory.StockMovement;
import io.orderworkflow.api.inventory.StockView;
import org.junit.jupiter.api.Test;

class InventoryControllerTest extends RestApiTest {

    @Test
    void receivesGoods() {
        Answer answer = post("/api/inventory/CUP-WHITE/receipts", "{\"quantity\": 100, \"reference\": \"note 4711\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(backend.commands()).containsExactly(new ReceiveStock(CUP, 100, "note 4711"));
    }

    @Test
    void receivesGoodsWithoutReference() {
        assertThat(post("/api/inventory/CUP-WHITE/receipts", "{\"quantity\": 1}")
                        .status())
                .isEqualTo(202);
        assertThat(backend.commands()).containsExactly(new ReceiveStock(CUP, 1, null));
    }

    @Test
    void receivesNothingOfAnUnknownProduct() {
        post("/api/inventory/NOPE/receipts", "{\"quantity\": 1}").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void receivesNoMoreThanCanBeKept() {
        post("/api/inventory/CUP-WHITE/receipts", "{\"quantity\": 1000000000}")
                .isProblem(ProblemType.STOCK_LIMIT_EXCEEDED);
    }

    @Test
    void adjustsTheStock() {
        Answer answer = post("/api/inventory/CUP-WHITE/adjustments", "{\"delta\": 3, \"reason\": \"found\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(backend.commands()).containsExactly(new AdjustStock(CUP, 3, "found"));
    }

    @Test
    void takesAwayNoReservedStock() {
        Answer answer = post("/api/inventory/CUP-WHITE/adjustments", "{\"delta\": -3, \"reason\": \"broken\"}");

        answer.isProblem(ProblemType.STOCK_RESERVED);
        assertThat(answer.json().path("detail").asString()).isEqualTo("2 pieces are reserved.");
    }

    @Test
    void adjustsNothingOfAnUnknownProduct() {
        post("/api/inventory/NOPE/adjustments", "{\"delta\": 3, \"reason\": \"found\"}")
                .isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void setsTheReorderPoint() {
        Answer answer = put("/api/inventory/CUP-WHITE/reorder-point", "{\"quantity\": 20}");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(backend.commands()).containsExactly(new SetReorderPoint(CUP, 20));
    }

    @Test
    void setsNoReorderPointOfAnUnknownProduct() {
        put("/api/inventory/NOPE/reorder-point", "{\"quantity\": 20}").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void listsTheStock() {
        backend.show(new StockView(CUP, 100, 10, 90, 20));
        Answer answer = get("/api/inventory?sort=available");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").get(0).toString())
                .isEqualTo(
                        "{\"sku\":\"CUP-WHITE\",\"onHand\":100,\"reserved\":10,\"available\":90,\"reorderPoint\":20}");
        assertThat(backend.queries()).containsExactly(new FindStock(false, 0, 20, new Sort("available", false)));
    }

    @Test
    void listsWhatIsLow() {
        get("/api/inventory?low=true");

        assertThat(backend.queries()).containsExactly(new FindStock(true, 0, 20, Sort.NATURAL));
    }

    @Test
    void tellsOfTheStockOfAProduct() {
        backend.show(new StockView(CUP, 100, 10, 90, 20));
        Answer answer = get("/api/inventory/CUP-WHITE");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("available").asInt()).isEqualTo(90);
    }

    @Test
    void knowsNoStockOfAnUnknownProduct() {
        get("/api/inventory/NOPE").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void listsMovements() {
        OrderId orderId = OrderId.forIdempotencyKey("key-1");
        backend.show(CUP, new StockMovement(4, StubBackend.PLACED_AT, "StockDebited", 100, -2, 98, orderId, null));
        Answer answer = get("/api/inventory/CUP-WHITE/movements?page=1&size=10");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").get(0).toString())
                .isEqualTo(("{\"sequence\":4,\"at\":\"2026-11-21T10:15:30Z\",\"type\":\"StockDebited\","
                                + "\"previous\":100,\"delta\":-2,\"onHand\":98,\"orderId\":\"%s\",\"reason\":null}")
                        .formatted(orderId));
        assertThat(backend.queries()).containsExactly(new FindStockMovements(CUP, 1, 10));
    }

    @Test
    void listsNoMovementsOfAProductThatNeverMoved() {
        Answer answer = get("/api/inventory/CUP-WHITE/movements");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").isEmpty()).isTrue();
    }

    @Test
    void knowsNoMovementsOfAnUnknownProduct() {
        get("/api/inventory/NOPE/movements").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }
}
