package io.orderworkflow.query;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.FindProducts;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.inventory.FindStock;
import io.orderworkflow.api.inventory.FindStockItem;
import io.orderworkflow.api.inventory.FindStockMovements;
import io.orderworkflow.api.inventory.ProductPage;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.Products;
import io.orderworkflow.api.inventory.StockMovementPage;
import io.orderworkflow.api.inventory.StockPage;
import io.orderworkflow.api.inventory.StockView;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/** Reads products and stock for whoever asks. */
final class InventoryReader {

    private static final String SKU = "sku";
    private static final Sorting PRODUCTS = Sorting.naturally(SKU, false)
            .by(SKU, SKU)
            .by("name", "name")
            .by("category", "category")
            .thenBy(SKU);
    private static final Sorting STOCK = Sorting.naturally(SKU, false)
            .by(SKU, SKU)
            .by("onHand", "onHand")
            .by("reserved", "reserved")
            .by("available", "available")
            .thenBy(SKU);

    private final ProductRows products;
    private final StockRows stock;
    private final StockMovementRows movements;

    /**
     * What is being ordered: the same products again and again, each time with a transaction of its own. A change that
     * this process writes is seen at once, another's after a second, which is as if its projection were late by that.
     */
    private final Cache<Sku, ProductView> offers = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    InventoryReader(ProductRows products, StockRows stock, StockMovementRows movements) {
        this.products = products;
        this.stock = stock;
        this.movements = movements;
    }

    @QueryHandler
    ProductPage handle(FindProducts query) {
        var found = products.findAll(Pages.request(query.page(), query.size(), PRODUCTS.of(query.sort())));
        return new ProductPage(found.map(ProductRow::view).getContent(), Pages.of(query.page(), found));
    }

    @QueryHandler
    Products handle(FindProductsBySku query) {
        return new Products(List.copyOf(offers.getAll(
                        query.skus(), unknown -> read(unknown).collect(toMap(ProductView::sku, identity())))
                .values()));
    }

    void forget(Collection<Sku> changed) {
        offers.invalidateAll(changed);
    }

    Stream<ProductView> read(Collection<? extends Sku> skus) {
        return products.findBySkus(skus.stream().map(Sku::value).toArray(String[]::new)).stream()
                .map(ProductRow::view);
    }

    @QueryHandler
    StockPage handle(FindStock query) {
        Pageable page = Pages.request(query.page(), query.size(), STOCK.of(query.sort()));
        var found = query.lowOnly() ? stock.findLow(page) : stock.findByOnHandNotNull(page);
        return new StockPage(found.map(StockRow::view).getContent(), Pages.of(query.page(), found));
    }

    @QueryHandler
    @Nullable
    StockView handle(FindStockItem query) {
        return stock.findById(query.sku().value())
                .filter(StockRow::isOpen)
                .map(StockRow::view)
                .orElse(null);
    }

    @QueryHandler
    StockMovementPage handle(FindStockMovements query) {
        var found = movements.findBySku(
                query.sku().value(),
                Pages.request(query.page(), query.size(), Sort.by("sequence").descending()));
        return new StockMovementPage(found.map(StockMovementRow::view).getContent(), Pages.of(query.page(), found));
    }
}
