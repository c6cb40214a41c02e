package io.orderworkflow.rest;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.cart.AddItemToCart;
import io.orderworkflow.api.cart.CartCheckedOut;
import io.orderworkflow.api.cart.CartView;
import io.orderworkflow.api.cart.CheckOutCart;
import io.orderworkflow.api.cart.CreateCart;
import io.orderworkflow.api.cart.FindCart;
import io.orderworkflow.api.cart.RemoveItemFromCart;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.PlaceOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/carts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Carts")
final class CartController {

    private final Gateways gateways;
    private final Catalogue catalogue;
    private final OrderAdmission admission;
    private final OrderPlacement placement;

    CartController(Gateways gateways, Catalogue catalogue, OrderAdmission admission, OrderPlacement placement) {
        this.gateways = gateways;
        this.catalogue = catalogue;
        this.admission = admission;
        this.placement = placement;
    }

    @PostMapping
    @Operation(summary = "Creates an empty cart; it expires if it is not changed for too long")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = NewCart.class)))
    CompletableFuture<ResponseEntity<NewCart>> create(@Valid @RequestBody CreateCartRequest request, Origin origin) {
        CartId cartId = new CartId(UUID.randomUUID());
        return gateways.send(new CreateCart(cartId, new CustomerId(request.customerId())), origin)
                .thenApply(created -> ResponseEntity.created(URI.create("/api/carts/" + cartId))
                        .body(new NewCart(cartId)));
    }

    @GetMapping("/{cartId}")
    @Operation(summary = "A cart, as it stands at this moment")
    CompletableFuture<ResponseEntity<CartView>> cart(@PathVariable CartId cartId, Origin origin) {
        return find(cartId, origin)
                .thenApply(cart ->
                        ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(cart));
    }

    @PutMapping("/{cartId}/items/{sku}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Puts an item into a cart, or sets how many pieces of it there are")
    CompletableFuture<Void> put(
            @PathVariable CartId cartId,
            @PathVariable Sku sku,
            @Valid @RequestBody CartItemRequest request,
            Origin origin) {
        return catalogue
                .product(sku, origin)
                .thenCompose(product ->
                        gateways.send(new AddItemToCart(cartId, sku, request.quantity(), product.price()), origin));
    }

    @DeleteMapping("/{cartId}/items/{sku}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes an item out of a cart")
    CompletableFuture<Void> remove(@PathVariable CartId cartId, @PathVariable Sku sku, Origin origin) {
        return gateways.send(new RemoveItemFromCart(cartId, sku), origin);
    }

    @PostMapping("/{cartId}/checkout")
    @Operation(summary = "Makes an order of a cart; the same key and body again change nothing and answer the same")
    @ApiResponse(
            responseCode = "202",
            description = "Accepted; what becomes of the order is to be seen at `Location`",
            content = @Content(schema = @Schema(implementation = CheckOutAccepted.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Settled within the time that the client prefers to wait",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    CompletableFuture<ResponseEntity<?>> checkOut(
            @PathVariable CartId cartId,
            @RequestHeader(name = IdempotencyKey.HEADER)
                    @Parameter(schema = @Schema(type = "string", minLength = 1, maxLength = 128))
                    IdempotencyKey key,
            @RequestHeader(name = WaitPreference.HEADER, required = false)
                    @Parameter(
                            description = "`wait=N`: answer as soon as the order is settled, for up to 30 seconds",
                            schema = @Schema(type = "string", example = "wait=10"))
                    @Nullable
                    WaitPreference preference,
            @Valid @RequestBody CheckOutRequest request,
            Origin origin) {
        admission.admit();
        return find(cartId, origin)
                .thenCompose(cart -> checkOut(cart, key, request.orderOf(cart), origin))
                .thenCompose(checkedOut ->
                        placement.place(orderOf(checkedOut), preference, CheckOutAccepted.of(checkedOut), origin));
    }

    private CompletableFuture<CartCheckedOut> checkOut(
            CartView cart, IdempotencyKey key, PlaceOrderRequest order, Origin origin) {
        return priced(cart, order, origin)
                .thenCompose(lines -> gateways.send(
                        new CheckOutCart(
                                cart.cartId(),
                                lines,
                                order.payment().toInstruction(),
                                order.shippingAddress().toAddress(),
                                key.value(),
                                Fingerprint.of(order)),
                        origin));
    }

    /** What is in no cart has no price; whether an empty cart can be checked out is the cart's word. */
    private CompletableFuture<List<OrderLine>> priced(CartView cart, PlaceOrderRequest order, Origin origin) {
        return cart.items().isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : catalogue.priced(order, OrderId.forCart(cart.cartId()), origin);
    }

    private static PlaceOrder orderOf(CartCheckedOut checkedOut) {
        return new PlaceOrder(
                checkedOut.orderId(),
                checkedOut.customerId(),
                checkedOut.lines(),
                checkedOut.payment(),
                checkedOut.shippingAddress(),
                checkedOut.requestFingerprint());
    }

    private CompletableFuture<CartView> find(CartId cartId, Origin origin) {
        return gateways.find(new FindCart(cartId), CartView.class, origin)
                .thenApply(cart -> cart.orElseThrow(() -> ProblemException.unknown("cart", cartId)));
    }
}
