package io.orderworkflow.query;

import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.eventstore.EventStatistics;
import io.orderworkflow.api.eventstore.FindEventStatistics;
import io.orderworkflow.api.eventstore.FindStoredEvents;
import io.orderworkflow.api.eventstore.StoredEvent;
import io.orderworkflow.api.eventstore.StoredEventPage;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderNudged;
import io.orderworkflow.platform.eventlog.EventBlocks;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On days of its own, since the store is shared with all other tests. */
@QuerySideTest
class EventStoreReaderIT {

    private static final Instant NOON = Instant.parse("2001-02-03T12:00:00Z");
    private static final Instant NEXT_DAY = NOON.plus(Duration.ofDays(1));
    private static final OrderId ORDER = orderId("event-store");

    private static boolean filled;

    private final History history;
    private final QueryGateway queries;
    private final EventBlocks blocks;

    EventStoreReaderIT(History history, QueryGateway queries, EventBlocks blocks) {
        this.history = history;
        this.queries = queries;
        this.blocks = blocks;
    }

    /** 3,000 events of which every thousandth is another, over three blocks at least. */
    @BeforeEach
    void fillsTheStoreOnce() {
        if (!filled) {
            for (int thousand = 0; thousand < 3; thousand++) {
                int first = thousand * 1_000;
                history.publish(IntStream.range(first, first + 999)
                        .mapToObj(number -> history.event(new OrderNudged(ORDER), NOON.plusSeconds(number)))
                        .toList());
                history.publish(List.of(history.event(new OrderConfirmed(ORDER), NOON.plusSeconds(first + 999))));
            }
            filled = true;
        }
    }

    @Test
    void goesOnWhereAPageEnded() {
        List<StoredEvent> all = new ArrayList<>();
        Long after = null;
        do {
            StoredEventPage page = find(null, null, NOON, NEXT_DAY, after, 0, 200);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(200);
            all.addAll(page.items());
            after = page.next();
        } while (after != null);

        assertThat(all).hasSize(3_000);
        assertThat(all).extracting(StoredEvent::position).isSorted().doesNotHaveDuplicates();
        assertThat(all).extracting(StoredEvent::sequence).isSorted();
    }

    @Test
    void findsThePagesOfARareTypeAndCountsThem() {
        StoredEventPage first = find(null, "OrderConfirmed", NOON, NEXT_DAY, null, 0, 2);
        StoredEventPage second = find(null, "OrderConfirmed", NOON, NEXT_DAY, null, 1, 2);

        assertThat(first.items()).extracting(StoredEvent::sequence).containsExactly(999L, 1_999L);
        assertThat(second.items()).extracting(StoredEvent::sequence).containsExactly(2_999L);
        assertThat(first.page().totalItems()).isEqualTo(3);
        assertThat(first.totalIsLowerBound()).isFalse();
        assertThat(find(null, "OrderConfirmed", NOON, NEXT_DAY, first.next(), 0, 2)
                        .items())
                .isEqualTo(second.items());
        assertThat(second.next()).isNull();
    }

    @Test
    void findsWhatHappenedBetweenTwoTimesToTheMillisecond() {
        Instant from = NOON.plusSeconds(1_500);
        StoredEventPage found = find(null, null, from, from.plusSeconds(2), null, 0, 20);

        assertThat(found.items())
                .extracting(StoredEvent::at)
                .containsExactly(from, from.plusSeconds(1), from.plusSeconds(2));
        assertThat(find(null, null, from.plusMillis(1), from.plusMillis(999), null, 0, 20)
                        .items())
                .isEmpty();
    }

    @Test
    void findsTheEventsOfAnAggregate() {
        StoredEventPage last = find(ORDER.toString(), null, null, null, null, 14, 200);

        assertThat(last.page().totalItems()).isEqualTo(3_000);
        assertThat(last.items()).hasSize(200);
        assertThat(last.items().get(199)).satisfies(event -> {
            assertThat(event.type()).isEqualTo("OrderConfirmed");
            assertThat(event.revision()).isEqualTo("1");
            assertThat(event.aggregateType()).isEqualTo("Order");
            assertThat(event.payload()).containsEntry("orderId", ORDER.toString());
        });
        assertThat(last.next()).isNull();
        assertThat(find("nobody", null, null, null, null, 0, 20).items()).isEmpty();
    }

    @Test
    void findsInClosedBlocksWhatItFoundBefore() {
        StoredEventPage before = find(null, "OrderConfirmed", NOON, NEXT_DAY, null, 0, 200);
        closeBlocks();

        assertThat(find(null, "OrderConfirmed", NOON, NEXT_DAY, null, 0, 200)).isEqualTo(before);
        goesOnWhereAPageEnded();
        findsThePagesOfARareTypeAndCountsThem();
        findsWhatHappenedBetweenTwoTimesToTheMillisecond();
        countsByTypeAndDay();
    }

    @Test
    void losesNoEventThatIsCommittedBehindOthers() {
        Instant then = Instant.parse("2001-03-01T12:00:00Z");
        CompletableFuture<Void> commit =
                history.happensButIsCommittedBehindAt(then, new OrderNudged(orderId("event-store-late")));
        history.publish(IntStream.range(0, 2 * EventBlocks.SIZE)
                .mapToObj(number -> history.event(new OrderNudged(orderId("event-store-next")), then.plusSeconds(1)))
                .toList());
        closeBlocks(1);
        commit.complete(null);

        await().untilAsserted(() ->
                assertThat(find(null, null, then, then, null, 0, 20).items()).hasSize(1));
        closeBlocks();
        assertThat(find(null, null, then, then, null, 0, 20).items()).hasSize(1);
    }

    @Test
    void countsByTypeAndDay() {
        EventStatistics statistics =
                queries.query(new FindEventStatistics(), EventStatistics.class).join();

        assertThat(statistics.items())
                .filteredOn(count -> count.day().equals(LocalDate.parse("2001-02-03")))
                .extracting(EventStatistics.Count::type, EventStatistics.Count::events)
                .containsExactly(Tuple.tuple("OrderConfirmed", 3L), Tuple.tuple("OrderNudged", 2_997L));
        assertThat(statistics.items())
                .extracting(EventStatistics.Count::events)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(statistics.events()));
    }

    private void closeBlocks() {
        closeBlocks(3);
    }

    private void closeBlocks(int rounds) {
        for (int round = 0; round < rounds; round++) {
            boolean more = true;
            while (more) {
                more = blocks.closeNext();
            }
        }
    }

    private StoredEventPage find(
            @Nullable String aggregateId,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long after,
            int page,
            int size) {
        return queries.query(
                        new FindStoredEvents(aggregateId, type, from, to, after, page, size), StoredEventPage.class)
                .join();
    }
}
