package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.Products;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.rest.Problem.InvalidField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts names and prices to what is ordered, as the catalogue has them at that moment. */
final class Catalogue {

    private final Gateways gateways;

    Catalogue(Gateways gateways) {
        this.gateways = gateways;
    }

    /** The lines of an order with names and prices; fails if a product is not in the catalogue. */
    CompletableFuture<List<OrderLine>> priced(PlaceOrderRequest request, OrderId orderId, Origin origin) {
        return gateways.ask(new FindProductsBySku(request.skus()), Products.class, origin)
                .thenCompose(products -> priced(request, products, orderId, origin));
    }

    /** A product as it is offered now; fails if it is not in the catalogue. */
    CompletableFuture<ProductView> product(Sku sku, Origin origin) {
        return gateways.ask(new FindProductsBySku(Set.of(sku)), Products.class, origin)
                .thenApply(products -> products.items().stream()
                        .findAny()
                        .orElseThrow(() -> ProblemException.of(
                                ProblemType.UNKNOWN_PRODUCT, List.of(unknown("sku", sku.value())))));
    }

    private static InvalidField unknown(String field, String sku) {
        return new InvalidField(field, "must be a product of the catalogue: there is no " + sku);
    }

    private CompletableFuture<List<OrderLine>> priced(
            PlaceOrderRequest request, Products products, OrderId orderId, Origin origin) {
        Map<Sku, ProductView> known =
                products.items().stream().collect(Collectors.toMap(ProductView::sku, Function.identity()));
        List<OrderLine> lines = new ArrayList<>();
        List<InvalidField> unknown = new ArrayList<>();
        for (int index = 0; index < request.lines().size(); index++) {
            PlaceOrderRequest.Line line = request.lines().get(index);
            ProductView product = known.get(new Sku(line.sku()));
            if (product == null) {
                unknown.add(unknown("lines[" + index + "].sku", line.sku()));
            } else {
                lines.add(new OrderLine(product.sku(), product.name(), line.quantity(), product.price()));
            }
        }
        return unknown.isEmpty()
                ? CompletableFuture.completedFuture(lines)
                : asPlacedBefore(orderId, origin, ProblemException.of(ProblemType.UNKNOWN_PRODUCT, unknown));
    }

    /**
     * The lines of the order as it was placed before with this key, if it was: the catalogue may be behind, as while it
     * is rebuilt, and that is no reason to answer a repeat differently. Whether it is a repeat is the order's word.
     */
    private CompletableFuture<List<OrderLine>> asPlacedBefore(
            OrderId orderId, Origin origin, ProblemException unknownProduct) {
        return gateways.find(new FindOrder(orderId), OrderView.class, origin)
                .thenApply(order -> order.map(OrderView::lines).orElseThrow(() -> unknownProduct));
    }
}
