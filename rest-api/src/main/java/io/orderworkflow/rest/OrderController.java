package io.orderworkflow.rest;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.FindWorkflowSteps;
import io.orderworkflow.api.order.OrderPage;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.WorkflowSteps;
import io.orderworkflow.platform.observability.AxonServerDashboard;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/orders", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Orders")
final class OrderController {

    private final Gateways gateways;
    private final Catalogue catalogue;
    private final OrderAdmission admission;
    private final OrderPlacement placement;
    private final Orders orders;
    private final AxonServerDashboard dashboard;

    OrderController(
            Gateways gateways,
            Catalogue catalogue,
            OrderAdmission admission,
            OrderPlacement placement,
            Orders orders,
            AxonServerDashboard dashboard) {
        this.gateways = gateways;
        this.catalogue = catalogue;
        this.admission = admission;
        this.placement = placement;
        this.orders = orders;
        this.dashboard = dashboard;
    }

    @PostMapping
    @Operation(summary = "Places an order; the same key and body again change nothing and answer the same")
    @ApiResponse(
            responseCode = "202",
            description = "Accepted; what becomes of it is to be seen at `Location`",
            content = @Content(schema = @Schema(implementation = OrderAccepted.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Settled within the time that the client prefers to wait",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    CompletableFuture<ResponseEntity<?>> place(
            @RequestHeader(name = IdempotencyKey.HEADER)
                    @Parameter(schema = @Schema(type = "string", minLength = 1, maxLength = 128))
                    IdempotencyKey key,
            @RequestHeader(name = WaitPreference.HEADER, required = false)
                    @Parameter(
                            description = "`wait=N`: answer as soon as the order is settled, for up to 30 seconds",
                            schema = @Schema(type = "string", example = "wait=10"))
                    @Nullable
                    WaitPreference preference,
            @Valid @RequestBody PlaceOrderRequest request,
            Origin origin) {
        admission.admit();
        OrderId orderId = key.orderId();
        CompletableFuture<PlaceOrder> command = catalogue
                .priced(request, orderId, origin)
                .thenApply(lines -> request.toCommand(orderId, lines, Fingerprint.of(request)));
        return command.thenCompose(
                place -> placement.place(place, preference, new OrderAccepted(orderId, OrderStatus.PLACED), origin));
    }

    @GetMapping("/{orderId}")
    @Operation(summary = "An order")
    CompletableFuture<ResponseEntity<OrderView>> order(@PathVariable OrderId orderId, Origin origin) {
        return orders.find(orderId, origin)
                .thenApply(order -> ResponseEntity.ok()
                        .eTag(versionOf(order))
                        .cacheControl(CacheControl.noCache())
                        .body(order));
    }

    @GetMapping
    @Operation(summary = "Orders, the newest first unless sorted otherwise")
    CompletableFuture<OrderPage> orders(
            @RequestParam(required = false)
                    @Parameter(array = @ArraySchema(schema = @Schema(implementation = OrderStatus.class)))
                    @Nullable
                    StatusFilter status,
            @RequestParam(required = false) @Nullable CustomerId customerId,
            @RequestParam(required = false) @Nullable Sku sku,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            @RequestParam(defaultValue = "") String sort,
            Origin origin) {
        TimeRange.check(from, to);
        return gateways.ask(
                new FindOrders(
                        (status == null ? StatusFilter.ALL : status).statuses(),
                        customerId,
                        sku,
                        from,
                        to,
                        page,
                        size,
                        Sorting.parse(sort, FindOrders.SORTABLE)),
                OrderPage.class,
                origin);
    }

    @GetMapping("/{orderId}/timeline")
    @Operation(summary = "Everything that happened to an order, in every aggregate, oldest first")
    CompletableFuture<TimelineAnswer> timeline(@PathVariable OrderId orderId, Origin origin) {
        return orders.ask(orderId, () -> timelineOf(orderId, origin), origin)
                .thenApply(timeline -> timeline.orElseGet(() -> new OrderTimeline(orderId, List.of())))
                .thenCompose(timeline -> gateways.ask(new FindWorkflowSteps(orderId), WorkflowSteps.class, origin)
                        .thenApply(steps -> TimelineAnswer.of(timeline, steps, dashboard)));
    }

    private CompletableFuture<Optional<OrderTimeline>> timelineOf(OrderId orderId, Origin origin) {
        return gateways.ask(new FindOrderTimeline(orderId), OrderTimeline.class, origin)
                .thenApply(timeline ->
                        Optional.of(timeline).filter(known -> !known.entries().isEmpty()));
    }

    private static String versionOf(OrderView order) {
        return "\"" + order.version() + "\"";
    }
}
