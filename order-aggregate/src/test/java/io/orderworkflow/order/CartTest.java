package io.orderworkflow.order;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.Amounts.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.cart.AddItemToCart;
import io.orderworkflow.api.cart.CartCheckedOut;
import io.orderworkflow.api.cart.CartCreated;
import io.orderworkflow.api.cart.CartExpired;
import io.orderworkflow.api.cart.CheckOutCart;
import io.orderworkflow.api.cart.CreateCart;
import io.orderworkflow.api.cart.ExpireCart;
import io.orderworkflow.api.cart.ItemAddedToCart;
import io.orderworkflow.api.cart.ItemRemovedFromCart;
import io.orderworkflow.api.cart.PriceChange;
import io.orderworkflow.api.cart.RemoveItemFromCart;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.ShippingAddress;
import io.orderworkflow.platform.CommandRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CartTest {

    private static final CustomerId CUSTOMER = new CustomerId("customer-1");
    private static final Sku CUP = new Sku("CUP");
    private static final Sku SPOON = new Sku("SPOON");
    private static final PaymentInstruction PAYMENT = new PaymentInstruction("card", "tok_ok");
    private static final ShippingAddress ADDRESS = new ShippingAddress("Ada", null, null, "London", "GB");

    private final FixtureConfiguration<Cart> fixture = new AggregateTestFixture<>(Cart.class);

    private static CartId cart() {
        return new CartId(UUID.nameUUIDFromBytes("a cart".getBytes(StandardCharsets.UTF_8)));
    }

    private static CartCreated created() {
        return new CartCreated(cart(), CUSTOMER);
    }

    private static ItemAddedToCart added(Sku sku, int quantity, Money price) {
        return new ItemAddedToCart(cart(), sku, quantity, price);
    }

    private static AddItemToCart add(Sku sku, int quantity, Money price) {
        return new AddItemToCart(cart(), sku, quantity, price);
    }

    private static OrderLine line(Sku sku, int quantity, Money price) {
        return new OrderLine(sku, "the " + sku, quantity, price);
    }

    private static CheckOutCart checkOut(OrderLine... lines) {
        return checkOut("key-1", "fingerprint-1", lines);
    }

    private static CheckOutCart checkOut(String key, String fingerprint, OrderLine... lines) {
        return new CheckOutCart(cart(), List.of(lines), PAYMENT, ADDRESS, key, fingerprint);
    }

    private static CartCheckedOut checkedOut(List<PriceChange> changes, OrderLine... lines) {
        return new CartCheckedOut(
                cart(),
                OrderId.forCart(cart()),
                CUSTOMER,
                List.of(lines),
                PAYMENT,
                ADDRESS,
                "key-1",
                "fingerprint-1",
                changes);
    }

    private static void expectNothing(ResultValidator<Cart> result) {
        result.expectSuccessfulHandlerExecution().expectNoEvents();
    }

    private static void expectRefusal(ResultValidator<Cart> result, Refusal.Code code) {
        result.expectNoEvents()
                .expectException(CommandRefusedException.class)
                .expectExceptionDetails(Matchers.matches((Refusal refusal) -> refusal.code() == code));
    }

    @Nested
    class Changing {

        @Test
        void createsIt() {
            fixture.givenNoPriorActivity()
                    .when(new CreateCart(cart(), CUSTOMER))
                    .expectEvents(created());
        }

        @Test
        void createsItOnce() {
            expectNothing(fixture.given(created()).when(new CreateCart(cart(), CUSTOMER)));
        }

        @Test
        void putsAnItemIn() {
            fixture.given(created()).when(add(CUP, 2, eur("9.90"))).expectEvents(added(CUP, 2, eur("9.90")));
        }

        @Test
        void changesNothingIfThatIsInAlready() {
            expectNothing(fixture.given(created(), added(CUP, 2, eur("9.90"))).when(add(CUP, 2, eur("9.90"))));
        }

        @Test
        void setsTheQuantityOfAnItemThatIsIn() {
            fixture.given(created(), added(CUP, 2, eur("9.90")))
                    .when(add(CUP, 3, eur("9.90")))
                    .expectEvents(added(CUP, 3, eur("9.90")));
        }

        @Test
        void notesThatAnotherPriceIsSeenNow() {
            fixture.given(created(), added(CUP, 2, eur("9.90")))
                    .when(add(CUP, 2, eur("8.90")))
                    .expectEvents(added(CUP, 2, eur("8.90")));
        }

        @Test
        void takesAsManyItemsAsAnOrderHasLines() {
            List<Object> full = new ArrayList<>(List.of(created()));
            for (int item = 1; item <= PlaceOrder.MAX_LINES; item++) {
                full.add(added(new Sku("SKU-" + item), 1, eur("1.00")));
            }

            expectRefusal(fixture.given(full).when(add(CUP, 1, eur("9.90"))), Refusal.Code.CART_FULL);
        }

        @Test
        void setsTheQuantityOfAnItemThatIsInAFullCart() {
            List<Object> full = new ArrayList<>(List.of(created()));
            for (int item = 1; item <= PlaceOrder.MAX_LINES; item++) {
                full.add(added(new Sku("SKU-" + item), 1, eur("1.00")));
            }

            fixture.given(full)
                    .when(add(new Sku("SKU-7"), 2, eur("1.00")))
                    .expectEvents(added(new Sku("SKU-7"), 2, eur("1.00")));
        }

        @Test
        void takesAnItemOut() {
            fixture.given(created(), added(CUP, 2, eur("9.90")))
                    .when(new RemoveItemFromCart(cart(), CUP))
                    .expectEvents(new ItemRemovedFromCart(cart(), CUP));
        }

        @Test
        void changesNothingIfTheItemIsNotIn() {
            expectNothing(fixture.given(created()).when(new RemoveItemFromCart(cart(), CUP)));
        }

        @Test
        void knowsNoCartThatWasNeverCreated() {
            fixture.givenNoPriorActivity()
                    .when(add(CUP, 2, eur("9.90")))
                    .expectException(AggregateNotFoundException.class);
        }

        @Test
        void isOverOnceCheckedOut() {
            OrderLine line = line(CUP, 2, eur("9.90"));

            expectRefusal(
                    fixture.given(created(), added(CUP, 2, eur("9.90")), checkedOut(List.of(), line))
                            .when(add(CUP, 3, eur("9.90"))),
                    Refusal.Code.CART_CHECKED_OUT);
        }

        @Test
        void takesNothingOutOnceCheckedOut() {
            expectRefusal(
                    fixture.given(
                                    created(),
                                    added(CUP, 2, eur("9.90")),
                                    checkedOut(List.of(), line(CUP, 2, eur("9.90"))))
                            .when(new RemoveItemFromCart(cart(), CUP)),
                    Refusal.Code.CART_CHECKED_OUT);
        }

        @Test
        void isOverOnceExpired() {
            expectRefusal(
                    fixture.given(created(), new CartExpired(cart())).when(add(CUP, 3, eur("9.90"))),
                    Refusal.Code.CART_EXPIRED);
        }

        @Test
        void takesNothingOutOnceExpired() {
            expectRefusal(
                    fixture.given(created(), added(CUP, 2, eur("9.90")), new CartExpired(cart()))
                            .when(new RemoveItemFromCart(cart(), CUP)),
                    Refusal.Code.CART_EXPIRED);
        }
    }

    @Nested
    class Expiring {

        @Test
        void expiresIfItWasNotChanged() {
            fixture.given(created(), added(CUP, 2, eur("9.90")))
                    .when(new ExpireCart(cart(), 1))
                    .expectEvents(new CartExpired(cart()));
        }

        @Test
        void staysIfSomethingWasPutInMeanwhile() {
            expectNothing(fixture.given(created(), added(CUP, 2, eur("9.90"))).when(new ExpireCart(cart(), 0)));
        }

        @Test
        void staysIfSomethingWasTakenOutMeanwhile() {
            expectNothing(fixture.given(created(), added(CUP, 2, eur("9.90")), new ItemRemovedFromCart(cart(), CUP))
                    .when(new ExpireCart(cart(), 1)));
        }

        @Test
        void expiresOnce() {
            expectNothing(fixture.given(created(), new CartExpired(cart())).when(new ExpireCart(cart(), 0)));
        }

        @Test
        void staysIfItWasCheckedOut() {
            expectNothing(fixture.given(
                            created(), added(CUP, 2, eur("9.90")), checkedOut(List.of(), line(CUP, 2, eur("9.90"))))
                    .when(new ExpireCart(cart(), 1)));
        }
    }

    @Nested
    class CheckingOut {

        @Test
        void becomesAnOrderThatIsDerivedFromIt() {
            OrderLine cups = line(CUP, 2, eur("9.90"));
            OrderLine spoons = line(SPOON, 1, eur("0.25"));

            fixture.given(created(), added(CUP, 2, eur("9.90")), added(SPOON, 1, eur("0.25")))
                    .when(checkOut(cups, spoons))
                    .expectEvents(checkedOut(List.of(), cups, spoons))
                    .expectResultMessagePayload(checkedOut(List.of(), cups, spoons));
        }

        @Test
        void tellsWhichPricesChanged() {
            OrderLine cups = line(CUP, 2, eur("10.90"));
            OrderLine spoons = line(SPOON, 1, eur("0.25"));

            fixture.given(created(), added(CUP, 2, eur("9.90")), added(SPOON, 1, eur("0.25")))
                    .when(checkOut(cups, spoons))
                    .expectEvents(checkedOut(List.of(new PriceChange(CUP, eur("9.90"), eur("10.90"))), cups, spoons));
        }

        @Test
        void answersARepeatAsTheFirstTime() {
            OrderLine line = line(CUP, 2, eur("10.90"));
            CartCheckedOut before = checkedOut(List.of(new PriceChange(CUP, eur("9.90"), eur("10.90"))), line);

            fixture.given(created(), added(CUP, 2, eur("9.90")), before)
                    .when(checkOut(line(CUP, 2, eur("11.90"))))
                    .expectNoEvents()
                    .expectResultMessagePayload(before);
        }

        @Test
        void refusesAnotherRequestWithTheSameKey() {
            OrderLine line = line(CUP, 2, eur("9.90"));

            expectRefusal(
                    fixture.given(created(), added(CUP, 2, eur("9.90")), checkedOut(List.of(), line))
                            .when(checkOut("key-1", "fingerprint-2", line)),
                    Refusal.Code.IDEMPOTENCY_KEY_REUSED);
        }

        @Test
        void isDoneOnce() {
            OrderLine line = line(CUP, 2, eur("9.90"));

            expectRefusal(
                    fixture.given(created(), added(CUP, 2, eur("9.90")), checkedOut(List.of(), line))
                            .when(checkOut("key-2", "fingerprint-1", line)),
                    Refusal.Code.CART_CHECKED_OUT);
        }

        @Test
        void refusesAnEmptyCart() {
            expectRefusal(fixture.given(created()).when(checkOut()), Refusal.Code.CART_EMPTY);
        }

        @Test
        void refusesACartThatWasEmptied() {
            expectRefusal(
                    fixture.given(created(), added(CUP, 2, eur("9.90")), new ItemRemovedFromCart(cart(), CUP))
                            .when(checkOut(line(CUP, 2, eur("9.90")))),
                    Refusal.Code.CART_EMPTY);
        }

        @Test
        void refusesAnExpiredCart() {
            expectRefusal(
                    fixture.given(created(), added(CUP, 2, eur("9.90")), new CartExpired(cart()))
                            .when(checkOut(line(CUP, 2, eur("9.90")))),
                    Refusal.Code.CART_EXPIRED);
        }

        @Test
        void refusesAnotherQuantityThanIsIn() {
            expectRefusal(
                    fixture.given(created(), added(CUP, 2, eur("9.90"))).when(checkOut(line(CUP, 1, eur("9.90")))),
                    Refusal.Code.CART_CHANGED);
        }

        @Test
        void refusesLinesThatLackAnItem() {
            expectRefusal(
                    fixture.given(created(), added(CUP, 2, eur("9.90")), added(SPOON, 1, eur("0.25")))
                            .when(checkOut(line(CUP, 2, eur("9.90")))),
                    Refusal.Code.CART_CHANGED);
        }

        @Test
        void refusesWhatTheOrderWouldRefuse() {
            expectRefusal(
                    fixture.given(created(), added(CUP, 2, eur("9.90")), added(SPOON, 1, usd("0.25")))
                            .when(checkOut(line(CUP, 2, eur("9.90")), line(SPOON, 1, usd("0.25")))),
                    Refusal.Code.UNPAYABLE_TOTAL);
        }
    }

    @Test
    void becomesNoOrderThatAClientCouldNameByAKey() {
        assertThat(OrderId.forCart(cart())).isNotEqualTo(OrderId.forIdempotencyKey("cart/" + cart()));
    }
}
