package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What becomes of orders, as it happens. */
@Controller
@RequestMapping(path = "/api/orders", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
@Tag(name = "Orders")
final class OrderStreamController {

    private static final String LAST_EVENT_ID =
            "The id of the last event that the client has got: what changed since is told";
    private static final String INSTEAD = "The same, for clients that cannot set the header; the header comes first";
    private static final String EVENTS =
            "Server-sent events: `event: order` with the order as its address shows it, `id` the number of the change";

    private final OrderStreams streams;
    private final Orders orders;

    OrderStreamController(OrderStreams streams, Orders orders) {
        this.streams = streams;
        this.orders = orders;
    }

    @GetMapping("/stream")
    @Operation(
            summary = "Every order whenever something of it changes",
            description = "Of changes that follow each other quickly the last is told. `event: reset` says that what"
                    + " changed since `Last-Event-ID` is not known any more: load anew what you show.")
    @ApiResponse(
            responseCode = "200",
            description = EVENTS,
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    CompletableFuture<OrderStream> all(
            @RequestHeader(name = LastEventId.HEADER, required = false)
                    @Parameter(description = LAST_EVENT_ID, schema = @Schema(type = "integer", format = "int64"))
                    @Nullable
                    LastEventId lastEvent,
            @RequestParam(required = false)
                    @Parameter(description = INSTEAD, schema = @Schema(type = "integer", format = "int64"))
                    @Nullable
                    LastEventId lastEventId,
            Origin origin) {
        return streams.ofAll(lastEvent == null ? lastEventId : lastEvent);
    }

    @GetMapping("/{orderId}/stream")
    @Operation(
            summary = "An order as it is, and then whenever something of it changes",
            description = "`Last-Event-ID` is of no need here: the first event always tells where the order stands.")
    @ApiResponse(
            responseCode = "200",
            description = EVENTS,
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    CompletableFuture<OrderStream> one(
            @PathVariable OrderId orderId,
            @RequestHeader(name = LastEventId.HEADER, required = false)
                    @Parameter(schema = @Schema(type = "integer", format = "int64"))
                    @Nullable
                    LastEventId lastEvent,
            @RequestParam(required = false) @Parameter(schema = @Schema(type = "integer", format = "int64")) @Nullable
                    LastEventId lastEventId,
            Origin origin) {
        return streams.of(orderId, () -> orders.find(orderId, origin));
    }
}
