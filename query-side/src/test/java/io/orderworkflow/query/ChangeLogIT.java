package io.orderworkflow.query;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.platform.projection.ProjectionRebuilds;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@QuerySideTest
class ChangeLogIT {

    private static final AtomicInteger ORDERS = new AtomicInteger();

    private final History history;
    private final JdbcClient jdbc;
    private final ChangeLog log;
    private final TransactionManager transactions;
    private final ProjectionRebuilds rebuilds;

    ChangeLogIT(
            History history,
            JdbcClient jdbc,
            ChangeLog log,
            TransactionManager transactions,
            ProjectionRebuilds rebuilds) {
        this.rebuilds = rebuilds;
        this.history = history;
        this.jdbc = jdbc;
        this.log = log;
        this.transactions = transactions;
    }

    @Test
    void numbersEveryOrderThatABatchChangesOnce() {
        OrderId first = order().orderId();
        OrderId second = order().orderId();
        // Whatever earlier tests did is projected then.
        history.happens(order().placed());
        long before = last();

        CompletableFuture<Void> batch = batch(() -> {}, () -> {
            log.changed(first);
            log.changed(second);
            log.changed(first, PaymentId.forOrder(first));
        });

        assertThat(batch).succeedsWithin(Duration.ofSeconds(10));
        assertThat(last()).isEqualTo(before + 2);
        assertThat(ordersSince(before)).containsExactly(first.value(), second.value());
        assertThat(paymentsSince(before))
                .containsExactly(PaymentId.forOrder(first).value());
    }

    @Test
    void tellsOfWhatProjectionsChange() {
        SampleOrder order = order();
        PaymentId paymentId = PaymentId.forOrder(order.orderId());
        long before = last();

        history.happens(
                order.placed(), new PaymentRequested(paymentId, order.orderId(), order.total(), "card", "tok_ok"));

        assertThat(ordersSince(before)).contains(order.orderId().value());
        assertThat(paymentsSince(before)).containsExactly(paymentId.value());
    }

    @Test
    void showsNoNumberBeforeALowerOneThatIsStillToCome() {
        OrderId slow = order().orderId();
        OrderId quick = order().orderId();
        long before = last();
        CompletableFuture<Void> written = new CompletableFuture<>();
        CompletableFuture<Void> commit = new CompletableFuture<>();

        CompletableFuture<Void> slowBatch = batch(
                () -> {
                    written.complete(null);
                    commit.join();
                },
                () -> log.changed(slow));
        written.join();
        CompletableFuture<Void> quickBatch = batch(() -> {}, () -> log.changed(quick));
        await().atMost(Duration.ofSeconds(10)).until(() -> isWaiting() || quickBatch.isDone());

        assertThat(ordersSince(before)).isEmpty();
        commit.complete(null);
        assertThat(CompletableFuture.allOf(slowBatch, quickBatch)).succeedsWithin(Duration.ofSeconds(10));
        assertThat(ordersSince(before)).containsExactly(slow.value(), quick.value());
    }

    /** More than is told in one transaction. */
    @Test
    void tellsOfWhatOnlyTheNewReadModelsHadHandledWhenTheyComeToBeRead() {
        SampleOrder known = order();
        history.happens(known.placed());
        long before = last();
        List<SampleOrder> missed =
                Stream.generate(ChangeLogIT::order).limit(250).toList();

        history.happensWhilePaused(OrderProjection.GROUP, missed.stream().map(SampleOrder::placed), () -> {
            rebuilds.start(OrderProjection.GROUP, true, "test");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ordersSince(before))
                            .containsExactlyInAnyOrderElementsOf(missed.stream()
                                    .map(order -> order.orderId().value())
                                    .toList()));
        });
        rebuilds.end(OrderProjection.GROUP);
    }

    /** A batch, and what happens between its last statement and its commit. */
    private CompletableFuture<Void> batch(Runnable beforeItCommits, Runnable handlers) {
        return CompletableFuture.runAsync(
                () -> transactions.executeInTransaction(() -> {
                    var unitOfWork = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("batch"));
                    handlers.run();
                    unitOfWork.commit();
                    beforeItCommits.run();
                }),
                task -> new Thread(task).start());
    }

    private boolean isWaiting() {
        return jdbc.sql("select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                .query(Boolean.class)
                .single();
    }

    private List<UUID> ordersSince(long change) {
        return jdbc.sql("""
                        select order_id
                        from order_change, unnest(orders) with ordinality as one (order_id, number)
                        where change > ? order by change, number
                        """).param(change).query(UUID.class).list();
    }

    private List<UUID> paymentsSince(long change) {
        return jdbc.sql("select unnest(payments) from order_change where change > ?")
                .param(change)
                .query(UUID.class)
                .list();
    }

    private long last() {
        return jdbc.sql("select coalesce(max(change), 0) from order_change")
                .query(Long.class)
                .single();
    }

    private static SampleOrder order() {
        return anOrder().withKey("change-log-" + ORDERS.incrementAndGet()).of("SKU-1", 1);
    }
}
