package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.inventory.FindProducts;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.inventory.FindStock;
import io.orderworkflow.api.inventory.FindStockItem;
import io.orderworkflow.api.inventory.FindStockMovements;
import io.orderworkflow.api.inventory.ProductDescriptionChanged;
import io.orderworkflow.api.inventory.ProductPage;
import io.orderworkflow.api.inventory.ProductPriceChanged;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.Products;
import io.orderworkflow.api.inventory.ReorderPointSet;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockMovement;
import io.orderworkflow.api.inventory.StockMovementPage;
import io.orderworkflow.api.inventory.StockPage;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.inventory.StockView;
import io.orderworkflow.query.History.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@QuerySideTest
class InventoryProjectionIT {

    private static final AtomicInteger PRODUCTS = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");
    private static final OrderId ORDER_ID = orderId("inventory-projection");
    private static final RefundId REFUND_ID = RefundId.forIdempotencyKey(ORDER_ID, "refund");

    private final History history;
    private final QueryGateway queries;
    private final String prefix = "inventory-" + PRODUCTS.incrementAndGet();
    private final Sku sku = new Sku(prefix);

    InventoryProjectionIT(History history, QueryGateway queries) {
        this.history = history;
        this.queries = queries;
    }

    @ParameterizedTest
    @EnumSource
    void showsAProductAsItIsOfferedNow(Delivery delivery) {
        history.happens(delivery, NOON, new ProductRegistered(sku, "Lamp", eur("19.90"), "lights"));
        assertThat(product()).isEqualTo(new ProductView(sku, "Lamp", eur("19.90"), "lights", 0));

        history.happens(delivery, NOON, new ProductPriceChanged(sku, eur("19.90"), eur("17.90")));
        assertThat(product()).isEqualTo(new ProductView(sku, "Lamp", eur("17.90"), "lights", 1));

        history.happens(
                delivery,
                NOON,
                new ProductPriceChanged(sku, eur("17.90"), eur("18")),
                new ProductDescriptionChanged(sku, "Desk lamp", null));
        assertThat(product()).isEqualTo(new ProductView(sku, "Desk lamp", eur("18"), null, 3));
    }

    @Test
    void answersThoseOfTheProductsThatExist() {
        history.happens(registered(""));

        assertThat(queries.query(new FindProductsBySku(Set.of(sku, new Sku("nowhere"))), Products.class)
                        .join()
                        .items())
                .extracting(ProductView::sku)
                .containsExactly(sku);
    }

    @ParameterizedTest
    @CsvSource({"sku, -a -b -c", "name, -c -a -b", "category, -b -c -a"})
    void sortsTheCatalogueInBothDirections(String property, String suffixes) {
        history.happens(
                new ProductRegistered(new Sku(prefix + "-b"), "N2", eur("1"), "C1"),
                new ProductRegistered(new Sku(prefix + "-a"), "N1", eur("1"), "C3"),
                new ProductRegistered(new Sku(prefix + "-c"), "N0", eur("1"), "C2"));
        List<Sku> ascending = List.of(suffixes.split(" ")).stream()
                .map(suffix -> new Sku(prefix + suffix))
                .toList();

        assertThat(catalogue(new Sort(property, false))).containsExactlyElementsOf(ascending);
        assertThat(catalogue(new Sort(property, true)))
                .containsExactly(ascending.get(2), ascending.get(1), ascending.get(0));
    }

    private List<Sku> catalogue(Sort sort) {
        return queries.query(new FindProducts(0, 200, sort), ProductPage.class).join().items().stream()
                .map(ProductView::sku)
                .filter(found -> found.value().startsWith(prefix + "-"))
                .toList();
    }

    @Test
    void answersTheCatalogueInPages() {
        history.happens(registered("-a"), registered("-b"), registered("-c"));
        Page first = queries.query(new FindProducts(0, 2, Sort.NATURAL), ProductPage.class)
                .join()
                .page();

        ProductPage last = queries.query(
                        new FindProducts((int) first.totalPages() - 1, 2, Sort.NATURAL), ProductPage.class)
                .join();

        assertThat(first.totalItems()).isGreaterThanOrEqualTo(3);
        assertThat(last.items()).isNotEmpty().hasSize((int) (first.totalItems() - 2 * (first.totalPages() - 1)));
    }

    @Test
    void knowsNoStockOfAProductThatWasNeverRegistered() {
        assertThat(stockItem()).isEmpty();
        assertThat(movements(0, 20).items()).isEmpty();
    }

    @Test
    void knowsNoStockOfAProductThatWasOnlyAskedFor() {
        history.happens(new StockReleased(sku, ORDER_ID, 0, 0));

        assertThat(stockItem()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void showsTheStockAfterEveryEvent(Delivery delivery) {
        history.happens(delivery, NOON, new StockItemOpened(sku));
        assertThat(stockItem()).contains(new StockView(sku, 0, 0, 0, 0));

        history.happens(delivery, NOON, new StockReceived(sku, 100, 100, "delivery-1"), new ReorderPointSet(sku, 10));
        assertThat(stockItem()).contains(new StockView(sku, 100, 0, 100, 10));

        history.happens(
                delivery, NOON, new StockReserved(sku, ORDER_ID, 3, 3), new StockReserved(sku, orderId("other"), 4, 7));
        assertThat(stockItem()).contains(new StockView(sku, 100, 7, 93, 10));

        history.happens(
                delivery,
                NOON,
                new StockReleased(sku, orderId("other"), 4, 3),
                new StockDebited(sku, ORDER_ID, 100, 3, 97, 0),
                new StockAdjusted(sku, 97, -7, 90, "broken"));
        assertThat(stockItem()).contains(new StockView(sku, 90, 0, 90, 10));
    }

    @ParameterizedTest
    @EnumSource
    void showsEveryChangeOfThePiecesOnHandNewestFirst(Delivery delivery) {
        history.happens(
                delivery,
                NOON,
                new StockItemOpened(sku),
                new StockReceived(sku, 100, 100, "delivery-1"),
                new StockReserved(sku, ORDER_ID, 3, 3),
                new StockDebited(sku, ORDER_ID, 100, 3, 97, 0),
                new StockAdjusted(sku, 97, -7, 90, "broken"),
                new StockRestocked(sku, ORDER_ID, 2, 90, 92, REFUND_ID.value()),
                new StockRestocked(sku, ORDER_ID, 1, 92, 93, ORDER_ID.value()));

        assertThat(stockItem()).contains(new StockView(sku, 93, 0, 93, 0));
        assertThat(movements(0, 20).items())
                .containsExactly(
                        new StockMovement(6, NOON, "StockRestocked", 92, 1, 93, ORDER_ID, "order cancelled"),
                        new StockMovement(5, NOON, "StockRestocked", 90, 2, 92, ORDER_ID, "refund " + REFUND_ID),
                        new StockMovement(4, NOON, "StockAdjusted", 97, -7, 90, null, "broken"),
                        new StockMovement(3, NOON, "StockDebited", 100, -3, 97, ORDER_ID, null),
                        new StockMovement(1, NOON, "StockReceived", 0, 100, 100, null, "delivery-1"));
        assertThat(movements(1, 4))
                .isEqualTo(new StockMovementPage(
                        List.of(new StockMovement(1, NOON, "StockReceived", 0, 100, 100, null, "delivery-1")),
                        new Page(1, 4, 5, 2)));
    }

    @ParameterizedTest
    @CsvSource({"sku, -a -b -c", "onHand, -c -a -b", "reserved, -b -c -a", "available, -c -a -b"})
    void sortsStockInBothDirections(String property, String suffixes) {
        stock("-a", 20, 7);
        stock("-b", 30, 1);
        stock("-c", 10, 3);
        List<Sku> ascending = List.of(suffixes.split(" ")).stream()
                .map(suffix -> new Sku(prefix + suffix))
                .toList();

        assertThat(stock(false, new Sort(property, false))).containsExactlyElementsOf(ascending);
        assertThat(stock(false, new Sort(property, true)))
                .containsExactly(ascending.get(2), ascending.get(1), ascending.get(0));
    }

    @Test
    void findsWhatIsLow() {
        stock("-above", 20, 9);
        stock("-at", 20, 10);
        stock("-below", 20, 11);
        stock("-whatever", 0, 0);
        for (String suffix : List.of("-above", "-at", "-below")) {
            history.happens(new ReorderPointSet(new Sku(prefix + suffix), 10));
        }

        assertThat(stock(true, Sort.NATURAL)).containsExactly(new Sku(prefix + "-at"), new Sku(prefix + "-below"));
    }

    private void stock(String suffix, long onHand, long reserved) {
        Sku item = new Sku(prefix + suffix);
        history.happens(
                new StockItemOpened(item),
                new StockReceived(item, onHand, onHand, null),
                new StockReserved(item, ORDER_ID, reserved, reserved));
    }

    private List<Sku> stock(boolean lowOnly, Sort sort) {
        return queries.query(new FindStock(lowOnly, 0, 200, sort), StockPage.class).join().items().stream()
                .map(StockView::sku)
                .filter(found -> found.value().startsWith(prefix + "-"))
                .toList();
    }

    private ProductRegistered registered(String suffix) {
        return new ProductRegistered(new Sku(prefix + suffix), "Lamp", eur("19.90"), null);
    }

    private ProductView product() {
        return queries.query(new FindProductsBySku(Set.of(sku)), Products.class)
                .join()
                .items()
                .get(0);
    }

    private Optional<StockView> stockItem() {
        return queries.query(new FindStockItem(sku), ResponseTypes.optionalInstanceOf(StockView.class))
                .join();
    }

    private StockMovementPage movements(int page, int size) {
        return queries.query(new FindStockMovements(sku, page, size), StockMovementPage.class)
                .join();
    }
}
