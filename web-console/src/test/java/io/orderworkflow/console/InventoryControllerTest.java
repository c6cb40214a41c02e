package io.orderworkflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.inventory.FindStock;
import io.orderworkflow.api.inventory.FindStockItem;
import io.orderworkflow.api.inventory.FindStockMovements;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.Products;
import io.orderworkflow.api.inventory.StockMovement;
import io.orderworkflow.api.inventory.StockMovementPage;
import io.orderworkflow.api.inventory.StockPage;
import io.orderworkflow.api.inventory.StockView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryControllerTest extends PageTest {

    private static final Sku CUP = new Sku("CUP-WHITE");
    private static final Sku LAMP = new Sku("LAMP");

    @BeforeEach
    void keepsStock() {
        StockView low = new StockView(LAMP, 10, 8, 2, 5);
        answers.to(
                FindStock.class,
                StockPage.class,
                query -> query.lowOnly()
                        ? new StockPage(List.of(low), Page.of(0, 20, 1))
                        : new StockPage(List.of(new StockView(CUP, 1000, 250, 750, 0), low), Page.of(0, 50, 2)));
        answers.to(
                FindProductsBySku.class,
                Products.class,
                query -> new Products(List.of(new ProductView(
                        CUP, "White cup", new Money(new BigDecimal("9.90"), Currency.getInstance("EUR")), null, 0))));
        answers.to(FindStockItem.class, StockView.class, query -> query.sku().equals(LAMP) ? low : null);
        answers.to(
                FindStockMovements.class,
                StockMovementPage.class,
                query -> new StockMovementPage(
                        List.of(
                                new StockMovement(3, Instant.EPOCH, "StockAdjusted", 12, -2, 10, null, "broken"),
                                new StockMovement(
                                        2, Instant.EPOCH, "StockDebited", 15, -3, 12, SampleOrders.orderId(1), null),
                                new StockMovement(
                                        1, Instant.ofEpochSecond(7), "StockReceived", 0, 15, 15, null, "delivery 1")),
                        Page.of(0, 20, 3)));
    }

    @Test
    void listsWhatIsLowAboveAllOthers() {
        String page = page("/console/inventory");

        assertThat(page)
                .containsSubsequence("Low", "LAMP", "All", "White cup", "LAMP")
                .contains("aria-label=\"250 reserved, 750 available\"")
                .contains("<b>1</b> low");
    }

    @Test
    void sortsAsTheAddressSays() {
        page("/console/inventory?sort=reserved,desc&page=0");

        assertThat(answers.asked(FindStock.class)).contains(new FindStock(false, 0, 50, new Sort("reserved", true)));
    }

    @Test
    void showsAProductWithItsMovements() {
        String page = page("/console/inventory/LAMP");

        assertThat(page)
                .contains("Low", "order " + SampleOrders.orderId(1).toString().substring(0, 8), "broken", "+15", "-3")
                .contains("Pieces on hand after each movement: 0, 15, 12, 10")
                .contains("data-action=\"POST /api/inventory/LAMP/receipts\"")
                .contains("data-action=\"POST /api/inventory/LAMP/adjustments\"")
                .contains("data-action=\"PUT /api/inventory/LAMP/reorder-point\"");
    }

    @Test
    void tellsOfEachMomentOnce() {
        assertThat(page("/console/inventory/LAMP")).containsOnlyOnce("datetime=\"1970-01-01T00:00:07Z\"");
    }

    @Test
    void saysThatThereIsNoSuchProduct() {
        assertThat(mvc.get().uri("/console/inventory/NOTHING").exchange()).hasStatus(404);
        assertThat(mvc.get().uri("/console/inventory/not a sku").exchange()).hasStatus(404);
    }
}
