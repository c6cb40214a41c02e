package io.orderworkflow.rest;

import io.orderworkflow.api.eventstore.AggregateType;
import io.orderworkflow.api.eventstore.EventStatistics;
import io.orderworkflow.api.eventstore.FindEventStatistics;
import io.orderworkflow.api.eventstore.FindStoredEvents;
import io.orderworkflow.api.eventstore.ReplayAggregate;
import io.orderworkflow.api.eventstore.ReplayedAggregate;
import io.orderworkflow.api.eventstore.StoredEventPage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/eventstore", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Event store")
final class EventStoreController {

    private static final String TEXT = "string";

    private final Gateways gateways;

    EventStoreController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping("/events")
    @Operation(summary = "Stored events in global order; `next` of the answer, given as `after`, goes on behind it")
    CompletableFuture<StoredEventPage> events(
            @RequestParam(required = false)
                    @Parameter(schema = @Schema(type = TEXT, example = "stock:CUP-WHITE"))
                    @Nullable
                    AggregateId aggregateId,
            @RequestParam(required = false) @Parameter(schema = @Schema(type = TEXT, example = "OrderPlaced")) @Nullable
                    EventType type,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false)
                    @Parameter(
                            description = "only events behind this position",
                            schema = @Schema(type = "integer", format = "int64", minimum = "-1"))
                    @Nullable
                    Long after,
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            Origin origin) {
        if (from != null && to != null && from.isAfter(to)) {
            throw ProblemException.invalid("from", "must not be after to");
        }
        if (after != null && (after < -1 || after == Long.MAX_VALUE)) {
            throw ProblemException.invalid("after", "must be a position, or -1");
        }
        return gateways.ask(
                new FindStoredEvents(
                        aggregateId == null ? null : aggregateId.value(),
                        type == null ? null : type.name(),
                        from,
                        to,
                        after,
                        page,
                        size),
                StoredEventPage.class,
                origin);
    }

    @GetMapping("/statistics")
    @Operation(summary = "How many events of each type there are of each day, and how large they are")
    CompletableFuture<EventStatistics> statistics(Origin origin) {
        return gateways.ask(new FindEventStatistics(), EventStatistics.class, origin);
    }

    @GetMapping("/replay/{aggregateType}/{aggregateId}")
    @Operation(summary = "What an aggregate was like at a moment, made anew from its events by its own handlers")
    CompletableFuture<ReplayedAggregate> replay(
            @PathVariable
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = TEXT,
                                            allowableValues = {"Cart", "Order", "Payment", "Product", "StockItem"}))
                    AggregateType aggregateType,
            @PathVariable @Parameter(schema = @Schema(type = TEXT)) AggregateId aggregateId,
            @RequestParam(required = false) @Nullable Instant fromDate,
            @RequestParam(required = false)
                    @Parameter(
                            description = "a time, or the number of an event of the aggregate",
                            schema = @Schema(type = TEXT, example = "2026-11-21T10:15:30Z"))
                    @Nullable
                    Moment at,
            Origin origin) {
        Moment moment = at == null ? Moment.NOW : at;
        ReplayAggregate query =
                new ReplayAggregate(aggregateType, aggregateId.value(), fromDate, moment.time(), moment.sequence());
        return gateways.find(
                        ReplayAggregate.queryName(aggregateType.logicalName()), query, ReplayedAggregate.class, origin)
                .thenApply(replayed -> replayed.orElseThrow(() -> ProblemException.unknown(
                        aggregateType.logicalName(),
                        at == null ? aggregateId.value() : aggregateId.value() + " at that moment")));
    }
}
