package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Page;
import io.orderworkflow.api.eventstore.AggregateType;
import io.orderworkflow.api.eventstore.EventStatistics;
import io.orderworkflow.api.eventstore.FindEventStatistics;
import io.orderworkflow.api.eventstore.FindStoredEvents;
import io.orderworkflow.api.eventstore.ReplayAggregate;
import io.orderworkflow.api.eventstore.ReplayedAggregate;
import io.orderworkflow.api.eventstore.StoredEvent;
import io.orderworkflow.api.eventstore.StoredEventPage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.axonframework.common.Registration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStoreControllerTest extends RestApiTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final StoredEvent EVENT = new StoredEvent(
            7L,
            NOON,
            "StockReceived",
            "1",
            "StockItem",
            "stock:CUP-WHITE",
            3,
            "the-request",
            "the-command",
            Map.of("quantity", 5),
            Map.of("correlationId", "the-request"));

    private final Queue<Object> asked = new ConcurrentLinkedQueue<>();
    private @Nullable Registration subscription;

    @AfterEach
    void endsTheSubscription() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Test
    void findsEvents() {
        answer(FindStoredEvents.class.getName(), new StoredEventPage(List.of(EVENT), Page.of(2, 10, 99), true, 7L));

        Answer answer = get("/api/eventstore/events?aggregateId=stock:CUP-WHITE&type=StockReceived"
                + "&from=2026-11-21T12:00:00Z&to=2026-11-21T13:00:00Z&after=6&page=2&size=10");

        assertThat(asked)
                .containsExactly(new FindStoredEvents(
                        "stock:CUP-WHITE", "StockReceived", NOON, NOON.plusSeconds(3600), 6L, 2, 10));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("next").asLong()).isEqualTo(7);
        assertThat(answer.json().path("totalIsLowerBound").asBoolean()).isTrue();
        assertThat(answer.json().at("/page/totalItems").asLong()).isEqualTo(99);
        assertThat(answer.json().at("/items/0/payload/quantity").asInt()).isEqualTo(5);
        assertThat(answer.json().at("/items/0/position").asLong()).isEqualTo(7);
    }

    @Test
    void findsAllEventsWhereNothingIsSaid() {
        answer(FindStoredEvents.class.getName(), new StoredEventPage(List.of(), Page.of(0, 20, 0), false, null));

        assertThat(get("/api/eventstore/events").json().path("next").isNull()).isTrue();
        assertThat(asked).containsExactly(new FindStoredEvents(null, null, null, null, null, 0, 20));
    }

    @Test
    void tellsHowMuchIsStored() {
        answer(
                FindEventStatistics.class.getName(),
                new EventStatistics(
                        2,
                        300,
                        9,
                        List.of(new EventStatistics.Count("OrderPlaced", LocalDate.parse("2026-11-21"), 2, 300))));

        Answer answer = get("/api/eventstore/statistics");

        assertThat(answer.json().at("/items/0/day").asString()).isEqualTo("2026-11-21");
        assertThat(answer.json().path("bytes").asLong()).isEqualTo(300);
    }

    @Test
    void asksThoseWhoHaveTheAggregateWhatItWasLike() {
        answer(
                ReplayAggregate.queryName("StockItem"),
                new ReplayedAggregate(
                        "StockItem", "stock:CUP-WHITE", NOON, 3, Map.of("onHand", 5), List.of(EVENT), false));

        Answer answer = get("/api/eventstore/replay/StockItem/stock:CUP-WHITE?at=3&fromDate=2026-11-21T12:00:00Z");

        assertThat(asked)
                .containsExactly(new ReplayAggregate(AggregateType.STOCK_ITEM, "stock:CUP-WHITE", NOON, null, 3L));
        assertThat(answer.json().at("/state/onHand").asInt()).isEqualTo(5);
        assertThat(answer.json().path("sequence").asInt()).isEqualTo(3);
        assertThat(answer.json().at("/events/0/type").asString()).isEqualTo("StockReceived");
    }

    @Test
    void asksForATimeToo() {
        answer(ReplayAggregate.queryName("Order"), null);

        get("/api/eventstore/replay/Order/x?at=2026-11-21T12:00:00Z").isProblem(ProblemType.UNKNOWN_RESOURCE);

        assertThat(asked).containsExactly(new ReplayAggregate(AggregateType.ORDER, "x", null, NOON, null));
    }

    @Test
    void saysThatNobodyHasSuchAggregatesAtTheMoment() {
        assertThat(get("/api/eventstore/replay/Cart/x").status()).isEqualTo(503);
    }

    private void answer(String query, @Nullable Object answer) {
        subscription =
                queryBus.subscribe(query, answer == null ? ReplayedAggregate.class : answer.getClass(), question -> {
                    asked.add(question.getPayload());
                    return answer;
                });
    }
}
