package io.orderworkflow.console;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.console.SampleOrders.PLACED_AT;
import static io.orderworkflow.console.SampleOrders.order;
import static io.orderworkflow.console.SampleOrders.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.Sku;
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
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderView;
import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShopControllerTest extends PageTest {

    private static final Sku CUP = new Sku("CUP-WHITE");
    private static final CartId CART = new CartId(UUID.nameUUIDFromBytes(new byte[] {1}));

    @BeforeEach
    void oneProductAndACart() {
        answers.to(
                FindProducts.class,
                ProductPage.class,
                query -> new ProductPage(
                        List.of(new ProductView(CUP, "Espresso cup, white", eur("9.90"), "Cups", 3)),
                        Page.of(query.page(), query.size(), 1)));
        answers.to(
                FindStock.class,
                StockPage.class,
                query -> new StockPage(
                        List.of(new StockView(CUP, 1200, 10, 1190, 5)), Page.of(query.page(), query.size(), 1)));
        cartIs(CartStatus.OPEN);
    }

    private void cartIs(CartStatus status) {
        answers.to(
                FindCart.class,
                CartView.class,
                query -> new CartView(
                        query.cartId(),
                        new CustomerId("guest-1"),
                        status,
                        List.of(new CartItem(CUP, 3, eur("9.90"))),
                        null,
                        PLACED_AT,
                        null));
    }

    private String withCart(String path) {
        return text(
                mvc.get().uri(path).cookie(new Cookie("cart", CART.toString())).exchange());
    }

    @Test
    void offersProductsWithWhatIsAvailable() {
        assertThat(page("/shop"))
                .contains("Espresso cup, white", "9.90 EUR", "1,190 available", "Your cart is empty.")
                .contains("data-plus=\"0\"");
        assertThat(answers.asked(FindCart.class)).isEmpty();
    }

    @Test
    void leadsToItsOtherPages() {
        answers.to(
                FindProducts.class,
                ProductPage.class,
                query -> new ProductPage(List.of(), Page.of(query.page(), query.size(), 100)));

        assertThat(page("/shop?page=1")).contains("rel=\"prev\" href=\"/shop\"", "rel=\"next\" href=\"/shop?page=2\"");
    }

    @Test
    void takesWhatIsNoPageForTheFirst() {
        assertThat(page("/shop?page=two")).contains("Espresso cup, white");
        page("/shop?page=-1");
        page("/shop?page=99999999999");

        assertThat(answers.asked(FindProducts.class))
                .extracting(FindProducts::page)
                .containsOnly(0);
    }

    @Test
    void knowsWhatIsInTheCart() {
        assertThat(withCart("/shop"))
                .contains("3 pieces in your cart, 29.70 EUR", "data-plus=\"3\"", "data-cart=\"" + CART + "\"");
        assertThat(withCart("/shop/cart"))
                .contains("data-action=\"PUT /api/carts/" + CART + "/items/CUP-WHITE\"")
                .contains("data-action=\"DELETE /api/carts/" + CART + "/items/CUP-WHITE\"");
    }

    @Test
    void beginsAnewAfterACartWasCheckedOut() {
        cartIs(CartStatus.CHECKED_OUT);

        assertThat(withCart("/shop")).contains("Your cart is empty.").doesNotContain("data-cart");
    }

    @Test
    void takesNoOtherCookieForACart() {
        assertThat(text(mvc.get()
                        .uri("/shop/cart")
                        .cookie(new Cookie("cart", "7"))
                        .exchange()))
                .contains("There is nothing in it.");
    }

    @Test
    void offersTheTestCardsOfTheProviderAtTheCheckout() {
        assertThat(withCart("/shop/checkout"))
                .contains("value=\"tok_ok\" checked", "tok_silent", "data-go=\"/shop/orders/{orderId}\"")
                .containsPattern("data-key=\"[0-9a-f-]{36}\"");
    }

    @Test
    void showsWhatBecomesOfTheOrder() {
        answers.to(FindOrder.class, OrderView.class, query -> order(1, OrderStatus.CONFIRMED));
        answers.to(
                FindOrderTimeline.class,
                OrderTimeline.class,
                query -> new OrderTimeline(orderId(1), SampleHistory.entries()));

        assertThat(page("/shop/orders/" + orderId(1)))
                .contains("Thank you!", "data-live=\"/api/orders/" + orderId(1) + "/stream\"");
    }

    @Test
    void waitsForAnOrderThatIsNotToBeSeenYet() {
        answers.to(FindOrder.class, OrderView.class, query -> null);
        answers.to(FindOrderTimeline.class, OrderTimeline.class, query -> new OrderTimeline(orderId(1), List.of()));

        assertThat(page("/shop/orders/" + orderId(1))).contains("It is not here yet.", "data-poll=\"1\"");
    }
}
