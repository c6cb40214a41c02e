package io.orderworkflow.inventory;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.RegisterProduct;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Stock items with snapshots, on a real database. */
@Timeout(600)
class StockItemSnapshotsIT {

    private static final Logger log = LoggerFactory.getLogger(StockItemSnapshotsIT.class);

    /** Less than by default, for these tests to be quick. */
    private static final int SNAPSHOT_AFTER = 100;

    /** More, as with {@code -Dorders-behind=100000}, make the test slow, and nothing else. */
    private static final int ORDERS_OF_MANY = Integer.getInteger("orders-behind", 10_000);

    private static final int SNAPSHOT_AFTER_BY_DEFAULT = 500;

    /** Reservations that were asked for, and debited, by SQL: as many commands would take minutes. */
    private static final String FULFILLED = """
            insert into domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, time_stamp,
                payload_type, payload_revision, payload, meta_data)
            select ?, ?::bigint + 2 * (number - 1) + event, 'StockItem', gen_random_uuid()::text,
                to_char(now() at time zone 'UTC' - ? * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                case event when 0 then 'StockReserved' else 'StockDebited' end, '1',
                convert_to(case event
                    when 0 then json_build_object('sku', ?::text, 'orderId', orders.id, 'quantity', 1, 'reserved', 1)
                    else json_build_object('sku', ?::text, 'orderId', orders.id, 'previous', ?::bigint - number + 1,
                        'debited', 1, 'onHand', ?::bigint - number, 'reserved', 0) end::text, 'UTF8'),
                convert_to('{}', 'UTF8')
            from (select number, gen_random_uuid() as id from generate_series(1, ?) as number) as orders
                cross join generate_series(0, 1) as event
            order by number, event
            """;

    private static PlatformNode node;

    @BeforeAll
    static void startNode() {
        node = PlatformNode.with(
                // Every command reads the stock item anew.
                List.of(
                        "order-workflow.roles=inventory",
                        "order-workflow.inventory.stock-item-cache-size=0",
                        "order-workflow.inventory.snapshot-after=" + SNAPSHOT_AFTER),
                ThrowawayPostgres.newDatabase(),
                CountingReads.class);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void makeALongHistoryCostWhatAShortOneDoes() {
        Sku few = stocked("few");
        Sku many = stocked("many");
        fulfil(few, 40, 3600);
        fulfil(many, ORDERS_OF_MANY, 3600);
        node.get(Snapshotter.class).scheduleSnapshot(StockItem.class, StockCommand.stockItemId(many));
        awaitSnapshot(many, 1 + 2L * ORDERS_OF_MANY);

        long ofFew = eventsReadBy(new ReserveStock(few, orderId("few"), 1));
        long ofMany = eventsReadBy(new ReserveStock(many, orderId("many"), 1));

        assertThat(ofFew).isEqualTo(2 + 80);
        assertThat(ofMany).isZero();
        // However long it goes on from there, no more is ever read than what a snapshot is taken after.
        long most = IntStream.range(0, 2 * SNAPSHOT_AFTER)
                .mapToLong(number -> eventsReadBy(new AdjustStock(many, number % 2 == 0 ? 1 : -1, "counted")))
                .max()
                .orElseThrow();
        log.info(
                "events read to load a stock item: {} after 40 orders, {} to {} after {}",
                ofFew,
                ofMany,
                most,
                ORDERS_OF_MANY);
        log.info("a command after 40 orders: {} ms, after {}: {} ms", millisOf(few), ORDERS_OF_MANY, millisOf(many));
        assertThat(most).isBetween(SNAPSHOT_AFTER - 1L, SNAPSHOT_AFTER + 20L);
    }

    @Test
    void restoreWhatReplayingWouldBringBack() {
        Sku sku = stocked("restored");
        fulfil(sku, SNAPSHOT_AFTER, 0);
        send(new ReserveStock(sku, orderId("restored open"), 3));
        awaitSnapshot(sku, 2 + 2 * SNAPSHOT_AFTER);
        send(new ReserveStock(sku, orderId("restored debited"), 2));
        send(new DebitStock(sku, orderId("restored debited")));

        CountingReads.READ.set(0);
        JsonNode restored = state(sku);
        assertThat(CountingReads.READ).hasValue(2);

        node.jdbc().sql("delete from snapshot_event_entry").update();
        assertThat(state(sku)).isEqualTo(restored);
        assertThat(restored.at("/closedReservations/byOrder")).hasSize(SNAPSHOT_AFTER + 1);
    }

    @Test
    void areNoObstacleWhenLost() {
        Sku sku = withSnapshot("lost");
        spoil(sku, "delete from snapshot_event_entry where aggregate_identifier = ?");

        assertThat(eventsReadBy(new AdjustStock(sku, 1, "counted"))).isGreaterThan(2 * SNAPSHOT_AFTER);
    }

    @Test
    void areNoObstacleWhenUnreadable() {
        Sku sku = withSnapshot("unreadable");
        spoil(sku, "update snapshot_event_entry set payload = 'nonsense' where aggregate_identifier = ?");

        assertThat(eventsReadBy(new AdjustStock(sku, 1, "counted"))).isGreaterThan(2 * SNAPSHOT_AFTER);
        // And the next is taken in its place.
        awaitSnapshot(sku, 2 + 2 * SNAPSHOT_AFTER + 1);
        assertThat(eventsReadBy(new AdjustStock(sku, 1, "counted"))).isZero();
    }

    @Test
    void areNoObstacleWhenTheirClassIsGone() {
        Sku sku = withSnapshot("moved");
        spoil(
                sku,
                "update snapshot_event_entry set payload_type = 'io.orderworkflow.Gone' where aggregate_identifier = ?");

        assertThat(eventsReadBy(new AdjustStock(sku, 1, "counted"))).isGreaterThan(2 * SNAPSHOT_AFTER);
    }

    @Test
    void areLeftAloneWhenTheyAreOfAnotherRevision() {
        Sku sku = withSnapshot("old");
        spoil(sku, "update snapshot_event_entry set payload_revision = '0' where aggregate_identifier = ?");

        assertThat(eventsReadBy(new AdjustStock(sku, 1, "counted"))).isGreaterThan(2 * SNAPSHOT_AFTER);
    }

    @Test
    void tellWhereOneCannotBeTaken() {
        Sku sku = stocked("failing");
        fulfil(sku, SNAPSHOT_AFTER, 0);
        double before = snapshots("failed");
        node.jdbc().sql("""
                        alter table snapshot_event_entry add constraint none_of_this
                            check (aggregate_identifier not like '%failing')
                        """).update();
        try {
            send(new AdjustStock(sku, 1, "counted"));

            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(snapshots("failed")).isEqualTo(before + 1));
        } finally {
            node.jdbc()
                    .sql("alter table snapshot_event_entry drop constraint none_of_this")
                    .update();
        }
    }

    @Test
    void areSmallComparedWithWhatTheyStandFor() {
        Sku sku = stocked("hottest");
        fulfil(sku, ClosedReservations.REMEMBERED_AT_MOST + 1000, 0);
        send(new AdjustStock(sku, 1, "counted"));
        awaitSnapshot(sku, 2L + 2 * (ClosedReservations.REMEMBERED_AT_MOST + 1000));

        Size size = node.jdbc()
                .sql("""
                        select length(payload) as written, pg_column_size(payload) as stored from snapshot_event_entry
                        where aggregate_identifier = ?
                        """)
                .param(StockCommand.stockItemId(sku))
                .query(Size.class)
                .single();
        log.info(
                "the largest snapshot: {}, {} an order, loaded in {} ms",
                size,
                size.stored() / (SNAPSHOT_AFTER_BY_DEFAULT / 2),
                millisOf(sku));
        assertThat(size.written()).isLessThan(800_000);
        assertThat(size.stored() / (SNAPSHOT_AFTER_BY_DEFAULT / 2)).isLessThan(3_000);
    }

    private static Sku stocked(String name) {
        Sku sku = new Sku("SNAPSHOT-" + name);
        send(new RegisterProduct(sku, "Teapot", eur("19.90"), null));
        send(new ReceiveStock(sku, 1_000_000, null));
        return sku;
    }

    private static Sku withSnapshot(String name) {
        Sku sku = stocked(name);
        fulfil(sku, SNAPSHOT_AFTER, 0);
        send(new AdjustStock(sku, 1, "counted"));
        awaitSnapshot(sku, 2 + 2 * SNAPSHOT_AFTER);
        return sku;
    }

    private static void fulfil(Sku sku, int orders, int secondsAgo) {
        node.jdbc()
                .sql(FULFILLED)
                .params(
                        StockCommand.stockItemId(sku),
                        2,
                        secondsAgo,
                        sku.value(),
                        sku.value(),
                        1_000_000,
                        1_000_000,
                        orders)
                .update();
        // As it is in the course of time: without it the database takes the table for empty, and reads all of it.
        node.jdbc().sql("analyze domain_event_entry").update();
    }

    private static void spoil(Sku sku, String sql) {
        assertThat(node.jdbc().sql(sql).param(StockCommand.stockItemId(sku)).update())
                .isEqualTo(1);
    }

    private static void awaitSnapshot(Sku sku, long sequence) {
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(node.get(JdbcClient.class)
                                .sql("select sequence_number from snapshot_event_entry where aggregate_identifier = ?")
                                .param(StockCommand.stockItemId(sku))
                                .query(Long.class)
                                .list())
                        .containsExactly(sequence));
    }

    private static void send(Object command) {
        CommandGateway commands = node.get(CommandGateway.class);
        commands.sendAndWait(command);
    }

    private static long eventsReadBy(StockCommand command) {
        // Snapshots are read beside it, in a thread of their own.
        CountingReads.READ.set(0);
        send(command);
        return CountingReads.READ.get();
    }

    /** What a command takes that reads the stock item; the median of some. */
    private static double millisOf(Sku sku) {
        long[] nanos = IntStream.range(0, 21)
                .mapToLong(number -> {
                    long start = System.nanoTime();
                    send(new AdjustStock(sku, number % 2 == 0 ? 1 : -1, "timed"));
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        return nanos[nanos.length / 2] / 1_000_000.0;
    }

    private static double snapshots(String outcome) {
        return node
                .get(MeterRegistry.class)
                .find("order.workflow.snapshots")
                .tag("outcome", outcome)
                .counters()
                .stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @SuppressWarnings("unchecked")
    private static JsonNode state(Sku sku) {
        Repository<StockItem> repository =
                (Repository<StockItem>) node.context().getBean("stockItemRepository", Repository.class);
        return DefaultUnitOfWork.startAndGet(null)
                .executeWithResult(() -> repository
                        .load(StockCommand.stockItemId(sku))
                        .invoke(item -> StockItemOnBench.JSON.<JsonNode>valueToTree(item)))
                .getPayload();
    }

    record Size(long written, long stored) {}

    /** Counts the events of aggregates that commands read. */
    static class CountingReads implements BeanPostProcessor {

        private static final AtomicLong READ = new AtomicLong();

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof EventStorageEngine engine ? counting(engine) : bean;
        }

        private static Object counting(EventStorageEngine engine) {
            return Proxy.newProxyInstance(
                    CountingReads.class.getClassLoader(),
                    new Class<?>[] {EventStorageEngine.class},
                    (proxy, method, arguments) -> {
                        try {
                            Object result = method.invoke(engine, arguments);
                            return result instanceof DomainEventStream stream && isOfCommand()
                                    ? DomainEventStream.of(stream.asStream().peek(CountingReads::count))
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private static boolean isOfCommand() {
            return !Thread.currentThread().getName().equals("snapshots");
        }

        private static void count(DomainEventMessage<?> event) {
            READ.incrementAndGet();
        }
    }
}
