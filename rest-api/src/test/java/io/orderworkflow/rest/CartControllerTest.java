package io.orderworkflow.rest;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.cart.AddItemToCart;
import io.orderworkflow.api.cart.CartItem;
import io.orderworkflow.api.cart.CartStatus;
import io.orderworkflow.api.cart.CartView;
import io.orderworkflow.api.cart.CheckOutCart;
import io.orderworkflow.api.cart.CreateCart;
import io.orderworkflow.api.cart.PriceChange;
import io.orderworkflow.api.cart.RemoveItemFromCart;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.ShippingAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CartControllerTest extends RestApiTest {

    private static final CartId CART = new CartId(UUID.fromString("11111111-2222-3333-4444-555555555555"));
    private static final CustomerId CUSTOMER = new CustomerId("customer-1");
    private static final OrderId ORDER = OrderId.forCart(CART);
    private static final String ADDRESS = "/api/carts/" + CART;
    private static final String ITEM = ADDRESS + "/items/CUP-WHITE";
    static final String CHECK_OUT = """
            {
              "payment": {"method": "card", "token": "tok_ok"},
              "shippingAddress": {"recipient": "Ada Lovelace", "city": "London", "country": "GB"}
            }
            """;

    private static CartView cart(CartItem... items) {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        return new CartView(CART, CUSTOMER, CartStatus.OPEN, List.of(items), null, noon, noon.plusSeconds(1800));
    }

    private Answer checkOut(String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Idempotency-Key";
        all[1] = "key-1";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return post(ADDRESS + "/checkout", CHECK_OUT, all);
    }

    @Test
    void createsACart() {
        Answer answer = post("/api/carts", "{\"customerId\": \"customer-1\"}");

        assertThat(answer.status()).isEqualTo(201);
        String cartId = answer.json().get("cartId").asString();
        assertThat(answer.header("Location")).isEqualTo("/api/carts/" + cartId);
        assertThat(carts.commands()).containsExactly(new CreateCart(new CartId(UUID.fromString(cartId)), CUSTOMER));
    }

    @Test
    void showsACart() {
        carts.show(cart(new CartItem(CUP, 2, eur("9.90"))));

        Answer answer = get(ADDRESS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("OPEN");
        assertThat(answer.json().at("/items/0/sku").asString()).isEqualTo("CUP-WHITE");
        assertThat(answer.json().at("/items/0/price/amount").asString()).isEqualTo("9.90");
        assertThat(answer.json().get("expiresAt").asString()).isEqualTo("2026-11-21T12:30:00Z");
    }

    @Test
    void putsAnItemInAtTheCataloguesPrice() {
        Answer answer = put(ITEM, "{\"quantity\": 2}");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(carts.commands()).containsExactly(new AddItemToCart(CART, CUP, 2, eur("9.90")));
    }

    @Test
    void takesAnItemOut() {
        Answer answer = send("DELETE", ITEM, BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(carts.commands()).containsExactly(new RemoveItemFromCart(CART, CUP));
    }

    @Test
    void checksOutAtTheCataloguesPriceAndPlacesTheOrder() {
        carts.show(cart(new CartItem(CUP, 2, eur("8.90"))));
        carts.tellPriceChanges(List.of(new PriceChange(CUP, eur("8.90"), eur("9.90"))));

        Answer answer = checkOut();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/api/orders/" + ORDER);
        assertThat(answer.json().toString())
                .isEqualTo(("{\"orderId\":\"%s\",\"status\":\"PLACED\",\"priceChanges\":[{\"sku\":\"CUP-WHITE\","
                                + "\"seen\":{\"amount\":\"8.90\",\"currency\":\"EUR\"},"
                                + "\"now\":{\"amount\":\"9.90\",\"currency\":\"EUR\"}}]}")
                        .formatted(ORDER));
        CheckOutCart checkedOut = (CheckOutCart) carts.commands().get(0);
        List<OrderLine> lines = List.of(new OrderLine(CUP, "Espresso cup, white", 2, eur("9.90")));
        PaymentInstruction payment = new PaymentInstruction("card", "tok_ok");
        ShippingAddress address = new ShippingAddress("Ada Lovelace", null, null, "London", "GB");
        assertThat(checkedOut)
                .isEqualTo(new CheckOutCart(CART, lines, payment, address, "key-1", checkedOut.requestFingerprint()));
        assertThat(backend.commands())
                .containsExactly(
                        new PlaceOrder(ORDER, CUSTOMER, lines, payment, address, checkedOut.requestFingerprint()));
    }

    @Test
    void answersWithTheOrderIfTheClientPrefersToWait() {
        carts.show(cart(new CartItem(CUP, 2, eur("9.90"))));
        backend.onCommand(command -> {
            if (command instanceof PlaceOrder place) {
                backend.show(StubBackend.view(place, OrderStatus.CONFIRMED, 3));
            }
        });

        Answer answer = checkOut("Prefer", "wait=10");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
        assertThat(answer.json().get("orderId").asString()).isEqualTo(ORDER.toString());
    }

    @Test
    void checksOutTheSameForTheSameRequest() {
        carts.show(cart(new CartItem(CUP, 2, eur("9.90"))));

        Answer first = checkOut();
        Answer second = checkOut();

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(carts.commands().get(1)).isEqualTo(carts.commands().get(0));
    }

    @Test
    void leavesItToTheCartThatItIsEmpty() {
        carts.show(cart());
        carts.refuse(Refusal.Code.CART_EMPTY);

        assertThat(checkOut().isProblem(ProblemType.CART_EMPTY).status()).isEqualTo(422);
        assertThat(backend.commands()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CART_CHECKED_OUT, 409", "CART_CHANGED, 409", "CART_EXPIRED, 410", "IDEMPOTENCY_KEY_REUSED, 422"})
    void tellsWhyACartCannotBeCheckedOut(Refusal.Code code, int status) {
        carts.show(cart(new CartItem(CUP, 2, eur("9.90"))));
        carts.refuse(code);

        Answer answer = checkOut().isProblem(ProblemType.of(code));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().get("detail").asString()).isEqualTo("the rule in words");
        assertThat(backend.commands()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.Code.class,
            names = {"CART_CHECKED_OUT", "CART_EXPIRED", "CART_FULL", "UNKNOWN"})
    void tellsWhyACartCannotBeChanged(Refusal.Code code) {
        carts.refuse(code);

        put(ITEM, "{\"quantity\": 2}").isProblem(ProblemType.of(code));
        send("DELETE", ITEM, BodyPublishers.noBody()).isProblem(ProblemType.of(code));
    }

    @Test
    void knowsNoCartThatIsNotThere() {
        get(ADDRESS).isProblem(ProblemType.UNKNOWN_RESOURCE);
        checkOut().isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void putsNothingInThatIsNotInTheCatalogue() {
        put(ADDRESS + "/items/NO-SUCH-SKU", "{\"quantity\": 2}").isProblem(ProblemType.UNKNOWN_PRODUCT);

        assertThat(carts.commands()).isEmpty();
    }

    @Test
    void checksOutNothingThatIsNoLongerInTheCatalogue() {
        carts.show(cart(new CartItem(CUP, 2, eur("9.90"))));
        backend.forget(CUP);

        checkOut().isProblem(ProblemType.UNKNOWN_PRODUCT);

        assertThat(carts.commands()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"customerId\": null}", "{\"customerId\": \"\"}", "{\"customerId\": \"a b\"}", "[]"})
    void refusesACartOfNobody(String body) {
        post("/api/carts", body).isProblem(ProblemType.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"quantity\": null}", "{\"quantity\": 0}", "{\"quantity\": 10001}", "{\"quantity\": 1.5}"
            })
    void refusesAQuantityThatCannotBeOrdered(String body) {
        put(ITEM, body).isProblem(ProblemType.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/carts/7", "/api/carts/1-1-1-1-1"})
    void refusesACartThatIsNamedByNoUuid(String path) {
        get(path).isProblem(ProblemType.INVALID_REQUEST);
    }

    @Test
    void refusesACheckOutWithoutAKey() {
        post(ADDRESS + "/checkout", CHECK_OUT).isProblem(ProblemType.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"payment\": {\"method\": \"card\", \"token\": \"tok_ok\"}}", "[]"})
    void refusesACheckOutThatSaysNotHowItIsPaidAndWhereItGoes(String body) {
        post(ADDRESS + "/checkout", body, "Idempotency-Key", "key-1").isProblem(ProblemType.INVALID_REQUEST);
    }
}
