package io.orderworkflow.query;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.order.FindOrderChanges;
import io.orderworkflow.api.order.FindOrdersById;
import io.orderworkflow.api.order.OrderChangePage;
import io.orderworkflow.api.order.OrderChangePage.Change;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.OrdersById;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@QuerySideTest
class ChangeFeedIT {

    private static final AtomicInteger ORDERS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final History history;
    private final QueryGateway queries;
    private final JdbcClient jdbc;
    private final ChangeFeed feed;

    ChangeFeedIT(History history, QueryGateway queries, JdbcClient jdbc, ChangeFeed feed) {
        this.history = history;
        this.queries = queries;
        this.jdbc = jdbc;
        this.feed = feed;
    }

    private static SampleOrder order() {
        return anOrder().withKey("change-feed-" + ORDERS.incrementAndGet()).of("SKU-1", 1);
    }

    private CompletableFuture<OrderChangePage> asked(@Nullable Long after, int limit, Duration patience) {
        return queries.query(new FindOrderChanges(after, limit, patience.toMillis()), OrderChangePage.class);
    }

    private OrderChangePage after(@Nullable Long after, int limit) {
        return asked(after, limit, Duration.ZERO).join();
    }

    private long head() {
        return after(null, 1).until();
    }

    /** As a batch of another process would have left it. */
    private void areChangedElsewhere(UUID... orders) {
        jdbc.sql("""
                        insert into order_change (change, orders, payments)
                        values (
                            setval('order_change_number', nextval('order_change_number') + ? - 1),
                            string_to_array(?, ',')::uuid[], '{}')
                        """)
                .param(orders.length)
                .param(String.join(
                        ",", List.of(orders).stream().map(UUID::toString).toList()))
                .update();
    }

    @Test
    void tellsAChangeAsSoonAsItCanBeRead() {
        SampleOrder order = order();
        long head = head();
        CompletableFuture<OrderChangePage> asked = asked(head, 10, Duration.ofMinutes(1));
        CompletableFuture<OrdersById> seen = asked.thenCompose(page ->
                queries.query(new FindOrdersById(Set.of(page.changes().get(0).orderId())), OrdersById.class));

        history.happens(order.placed());

        assertThat(asked).succeedsWithin(PATIENCE).satisfies(page -> {
            assertThat(page.lost()).isFalse();
            assertThat(page.changes()).containsExactly(new Change(head + 1, order.orderId()));
            assertThat(page.until()).isEqualTo(head + 1);
        });
        assertThat(seen)
                .succeedsWithin(PATIENCE)
                .satisfies(orders -> assertThat(orders.items())
                        .extracting(OrderView::orderId)
                        .containsExactly(order.orderId()));
    }

    @Test
    void tellsWhatAnotherProcessHasChanged() {
        UUID orderId = order().orderId().value();
        CompletableFuture<OrderChangePage> asked = asked(head(), 10, Duration.ofMinutes(1));

        areChangedElsewhere(orderId);

        assertThat(asked)
                .succeedsWithin(Duration.ofSeconds(2))
                .satisfies(page ->
                        assertThat(page.changes()).extracting(Change::orderId).containsExactly(new OrderId(orderId)));
    }

    @Test
    void answersThatThereIsNothingNewWhenTheTimeIsOver() {
        long head = head();

        assertThat(asked(head, 10, Duration.ofMillis(200)))
                .succeedsWithin(PATIENCE)
                .isEqualTo(new OrderChangePage(head, false, false, List.of()));
    }

    @Test
    void keepsNoThreadWhileManyWait() {
        long head = head();
        List<CompletableFuture<OrderChangePage>> asked = IntStream.range(0, 500)
                .mapToObj(i -> asked(head, 10, Duration.ofMinutes(1)))
                .toList();

        history.happens(order().placed());

        assertThat(asked).allSatisfy(page -> assertThat(page).succeedsWithin(PATIENCE));
    }

    @Test
    void goesOnInTheMiddleOfABatch() {
        List<UUID> orders =
                IntStream.range(0, 5).mapToObj(i -> order().orderId().value()).toList();
        long head = head();
        areChangedElsewhere(orders.get(0), orders.get(1), orders.get(2));
        areChangedElsewhere(orders.get(3), orders.get(4));

        OrderChangePage first = after(head, 2);
        OrderChangePage second = after(first.until(), 2);
        OrderChangePage third = after(second.until(), 2);

        assertThat(List.of(first, second, third))
                .allSatisfy(page -> assertThat(page.lost()).isFalse());
        assertThat(first.changes())
                .containsExactly(
                        new Change(head + 1, new OrderId(orders.get(0))),
                        new Change(head + 2, new OrderId(orders.get(1))));
        assertThat(first.more()).isTrue();
        assertThat(second.changes()).extracting(Change::number).containsExactly(head + 3, head + 4);
        assertThat(third.changes()).containsExactly(new Change(head + 5, new OrderId(orders.get(4))));
        assertThat(third.more()).isFalse();
    }

    @Test
    void saysSoWhenItDoesNotKnowANumber() {
        areChangedElsewhere(order().orderId().value());
        long head = head();

        assertThat(after(head, 10).lost()).isFalse();
        assertThat(after(head + 1, 10)).isEqualTo(new OrderChangePage(head, false, true, List.of()));
    }

    @Test
    void forgetsWhatIsOldAndLookedAt() {
        long before = head();
        areChangedElsewhere(order().orderId().value());
        long looked = head();
        areChangedElsewhere(order().orderId().value());
        areChangedElsewhere(order().orderId().value());
        long last = head();
        jdbc.sql("update order_change set at = at - interval '2 hours'").update();
        jdbc.sql("insert into audit_mark (name, value) values ('order-change', ?)")
                .param(Long.toString(looked))
                .update();
        try {
            feed.deleteOld();

            assertThat(after(before, 10).lost()).isTrue();
            assertThat(after(looked, 10).changes()).hasSize(2);

            jdbc.sql("update audit_mark set value = ? where name = 'order-change'")
                    .param(Long.toString(last))
                    .update();
            feed.deleteOld();

            assertThat(after(looked, 10).lost()).isTrue();
            // How far the numbers are is known even if nothing happens for long.
            assertThat(after(last, 10)).isEqualTo(new OrderChangePage(last, false, false, List.of()));
        } finally {
            jdbc.sql("delete from audit_mark where name = 'order-change'").update();
        }
    }

    @Test
    void keepsWhatIsYoung() {
        long before = head();
        areChangedElsewhere(order().orderId().value());
        areChangedElsewhere(order().orderId().value());

        feed.deleteOld();

        assertThat(after(before, 10).changes()).hasSize(2);
    }
}
