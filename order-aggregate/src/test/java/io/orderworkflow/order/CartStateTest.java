package io.orderworkflow.order;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.cart.CartCheckedOut;
import io.orderworkflow.api.cart.CartCreated;
import io.orderworkflow.api.cart.CartExpired;
import io.orderworkflow.api.cart.ItemAddedToCart;
import io.orderworkflow.api.cart.PriceChange;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.ShippingAddress;
import io.orderworkflow.platform.messaging.MessageSerializer;
import java.util.List;
import java.util.UUID;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;

/** The state of a cart as a snapshot would store it. */
class CartStateTest {

    private static final CartId CART = new CartId(UUID.fromString("11111111-2222-3333-4444-555555555555"));
    private static final CustomerId CUSTOMER = new CustomerId("customer-1");
    private static final Sku SKU = new Sku("SKU-1");

    private final MessageSerializer serializer = new MessageSerializer();
    private final Cart cart = new Cart();

    @Test
    void survivesBeingStored() {
        cart.on(new CartCreated(CART, CUSTOMER), 0);
        expectTheSameBack();
        cart.on(new ItemAddedToCart(CART, SKU, 2, eur("9.90")), 1);
        expectTheSameBack();
        cart.on(new CartCheckedOut(
                CART,
                OrderId.forCart(CART),
                CUSTOMER,
                List.of(new OrderLine(SKU, "a product", 2, eur("10.90"))),
                new PaymentInstruction("card", "tok_ok"),
                new ShippingAddress("Ada", null, null, "London", "GB"),
                "key-1",
                "fingerprint-1",
                List.of(new PriceChange(SKU, eur("9.90"), eur("10.90")))));
        expectTheSameBack();
    }

    @Test
    void survivesBeingStoredWhenExpired() {
        cart.on(new CartCreated(CART, CUSTOMER), 0);
        cart.on(new CartExpired(CART));
        expectTheSameBack();
    }

    private void expectTheSameBack() {
        SerializedObject<byte[]> stored = serializer.serialize(cart, byte[].class);
        Cart restored = serializer.deserialize(stored);
        assertThat(restored).usingRecursiveComparison().isEqualTo(cart);
    }
}
