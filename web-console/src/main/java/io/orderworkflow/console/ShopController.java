package io.orderworkflow.console;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.cart.CartItem;
import io.orderworkflow.api.cart.CartStatus;
import io.orderworkflow.api.cart.CartView;
import io.orderworkflow.api.cart.FindCart;
import io.orderworkflow.api.inventory.FindProducts;
import io.orderworkflow.api.inventory.FindStock;
import io.orderworkflow.api.inventory.ProductPage;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.StockPage;
import io.orderworkflow.api.inventory.StockView;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderView;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.WebUtils;

/** A small shop, to place orders as a customer does. Which cart is the customer's is known by a cookie of the scripts. */
@Controller
final class ShopController {

    private static final String CART_COOKIE = "cart";
    private static final int PAGE_SIZE = 48;

    private final ReadSide readSide;

    ShopController(ReadSide readSide) {
        this.readSide = readSide;
    }

    @GetMapping("/shop")
    String products(
            @RequestParam(required = false) @Nullable String page,
            HttpServletRequest request,
            Visit visit,
            Model model) {
        int number = Asked.number(page);
        CompletableFuture<ProductPage> products =
                readSide.ask(new FindProducts(number, PAGE_SIZE, Sort.NATURAL), ProductPage.class, visit);
        CompletableFuture<StockPage> stock =
                readSide.ask(new FindStock(false, number, PAGE_SIZE, Sort.NATURAL), StockPage.class, visit);
        CompletableFuture<Optional<CartView>> cart = cart(request, visit);
        ProductPage found = ReadSide.answer(products);
        Map<Sku, Long> available =
                ReadSide.answer(stock).items().stream().collect(Collectors.toMap(StockView::sku, StockView::available));
        Map<Sku, Integer> inCart = addCart(ReadSide.answer(cart), model).stream()
                .collect(Collectors.toMap(CartItem::sku, CartItem::quantity));
        model.addAttribute(
                "offers",
                found.items().stream()
                        .map(product ->
                                new Offer(product, available.get(product.sku()), inCart.getOrDefault(product.sku(), 0)))
                        .toList());
        model.addAttribute("page", found.page());
        model.addAttribute("addresses", new ListAddress("/shop"));
        return "console/shop";
    }

    @GetMapping("/shop/cart")
    String cart(HttpServletRequest request, Visit visit, Model model) {
        addCart(ReadSide.answer(cart(request, visit)), model);
        return "console/cart";
    }

    @GetMapping("/shop/checkout")
    String checkout(HttpServletRequest request, Visit visit, Model model) {
        addCart(ReadSide.answer(cart(request, visit)), model);
        model.addAttribute("tokens", TestToken.values());
        model.addAttribute("key", UUID.randomUUID());
        return "console/checkout";
    }

    @GetMapping("/shop/orders/{orderId}")
    String order(@PathVariable("orderId") String number, Visit visit, Model model) {
        OrderId orderId = OrderController.orderId(number);
        CompletableFuture<Optional<OrderView>> asked = readSide.find(new FindOrder(orderId), OrderView.class, visit);
        CompletableFuture<OrderTimeline> timeline =
                readSide.ask(new FindOrderTimeline(orderId), OrderTimeline.class, visit);
        OrderView order = ReadSide.answer(asked).orElse(null);
        if (order == null) {
            // Placed just now, and not to be seen yet; or never.
            model.addAttribute("orderId", orderId);
            return "console/shop-order-awaited";
        }
        List<OrderTimeline.Entry> entries = ReadSide.answer(timeline).entries();
        model.addAttribute("order", order);
        model.addAttribute("standing", OrderListing.standing(order));
        model.addAttribute("way", OrderWay.of(order, entries, List.of()));
        return "console/shop-order";
    }

    private CompletableFuture<Optional<CartView>> cart(HttpServletRequest request, Visit visit) {
        Cookie cookie = WebUtils.getCookie(request, CART_COOKIE);
        try {
            return cookie == null
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : readSide.find(
                            new FindCart(new CartId(UUID.fromString(cookie.getValue()))), CartView.class, visit);
        } catch (IllegalArgumentException broken) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    private static List<CartItem> addCart(Optional<CartView> found, Model model) {
        Optional<CartView> open = found.filter(cart -> cart.status() == CartStatus.OPEN);
        List<CartItem> items = open.map(CartView::items).orElse(List.of());
        model.addAttribute("cart", open.orElse(null));
        model.addAttribute("items", items);
        model.addAttribute(
                "pieces", items.stream().mapToLong(CartItem::quantity).sum());
        model.addAttribute(
                "total",
                items.stream()
                        .map(item -> item.price().times(item.quantity()))
                        .reduce(Money::plus)
                        .orElse(null));
        return items;
    }

    /**
     * A product as it is offered.
     *
     * @param product the product
     * @param available pieces that can be had; {@code null} if that is not known
     * @param inCart pieces that are in the customer's cart
     */
    record Offer(ProductView product, @Nullable Long available, int inCart) {}
}
