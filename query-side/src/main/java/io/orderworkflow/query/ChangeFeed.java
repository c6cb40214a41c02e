package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindOrderChanges;
import io.orderworkflow.api.order.OrderChangePage;
import io.orderworkflow.api.order.OrderChangePage.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells which orders have changed, to whoever asks for what came after the last change that they know. Looks for new
 * ones only while somebody waits for them: after every commit of this process, and every now and then for those of
 * others.
 */
final class ChangeFeed implements SmartLifecycle {

    /** Time to gather what is committed: so many looks a second at most, however many commits there are. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(20);

    private static final Duration CLEANING_INTERVAL = Duration.ofMinutes(1);
    private static final int DELETED_AT_ONCE = 1_000;

    private static final String HEAD = "select coalesce(max(change), 0) from order_change";

    // One row at least. Known: numbers after this one are; those before are deleted, or were never used.
    private static final String PAGE = """
            select last.head, first.known, page.number, page.order_id
            from (select coalesce(max(change), 0) as head from order_change) as last
            cross join (
                select coalesce(min(known), 0) as known
                from (select change - cardinality(orders) as known from order_change order by change limit 1) as oldest
            ) as first
            left join lateral (
                select recent.change - cardinality(recent.orders) + one.place as number, one.order_id
                from (select change, orders from order_change where change > ? order by change limit ?) as recent,
                    unnest(recent.orders) with ordinality as one (order_id, place)
                where recent.change - cardinality(recent.orders) + one.place > ?
                order by number
                limit ?
            ) as page on true
            order by page.number
            """;

    // What the auditor has not looked at is kept, and the last one, which tells how far the numbers are.
    private static final String DELETE_OLD = """
            delete from order_change
            where at < now() - ? * interval '1 millisecond' and change in (
                select change from order_change
                where change < (select max(change) from order_change) and change <= coalesce(
                    (select value::bigint from audit_mark where name = 'order-change'), 9223372036854775807)
                order by change
                limit ?)
            """;

    private final JdbcTemplate jdbc;
    private final ChangeFeedSettings settings;
    private final WakefulLoop loop;
    private final WakefulLoop cleaning;
    private volatile boolean running;

    // Of the loop's thread.
    private final List<Waiting> waiting = new ArrayList<>();

    ChangeFeed(JdbcTemplate jdbc, ChangeFeedSettings settings, Commits commits) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.loop = new WakefulLoop("order-changes", SHORTEST_INTERVAL, settings.pollInterval(), this::look);
        this.cleaning = new WakefulLoop("old-order-changes", SHORTEST_INTERVAL, CLEANING_INTERVAL, this::deleteOld);
        commits.listen(loop::wake);
    }

    @QueryHandler
    CompletableFuture<OrderChangePage> handle(FindOrderChanges query) {
        Long after = query.after();
        if (after == null) {
            return CompletableFuture.completedFuture(head());
        }
        OrderChangePage page = read(after, query.limit());
        if (query.patienceMillis() <= 0 || isNews(page)) {
            return CompletableFuture.completedFuture(page);
        }
        Waiting one = new Waiting(
                after,
                query.limit(),
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(query.patienceMillis()),
                new CompletableFuture<>());
        loop.execute(() -> {
            waiting.add(one);
            loop.wake();
        });
        return one.answer;
    }

    private boolean look() {
        long now = System.nanoTime();
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting one = all.next();
            try {
                OrderChangePage page = read(one.after, one.limit);
                if (isNews(page) || !running || one.deadline - now <= 0) {
                    all.remove();
                    one.answer.complete(page);
                }
            } catch (RuntimeException failed) {
                all.remove();
                one.answer.completeExceptionally(failed);
            }
        }
        return !waiting.isEmpty();
    }

    private static boolean isNews(OrderChangePage page) {
        return page.lost() || !page.changes().isEmpty();
    }

    private OrderChangePage head() {
        Long head = jdbc.queryForObject(HEAD, Long.class);
        return new OrderChangePage(head == null ? 0 : head, false, false, List.of());
    }

    private OrderChangePage read(long after, int limit) {
        long[] bounds = {0, 0};
        List<Change> changes = new ArrayList<>();
        jdbc.query(
                PAGE,
                row -> {
                    bounds[0] = row.getLong("head");
                    bounds[1] = row.getLong("known");
                    UUID orderId = row.getObject("order_id", UUID.class);
                    if (orderId != null) {
                        changes.add(new Change(row.getLong("number"), new OrderId(orderId)));
                    }
                },
                after,
                limit,
                after,
                limit);
        return page(after, limit, bounds[0], bounds[1], changes);
    }

    private static OrderChangePage page(long after, int limit, long head, long known, List<Change> changes) {
        if (after < known || after > head) {
            return new OrderChangePage(head, false, true, List.of());
        }
        boolean more = changes.size() == limit;
        return new OrderChangePage(more ? changes.get(limit - 1).number() : head, more, false, changes);
    }

    boolean deleteOld() {
        int deleted = DELETED_AT_ONCE;
        while (deleted == DELETED_AT_ONCE && running) {
            deleted = jdbc.update(DELETE_OLD, settings.kept().toMillis(), DELETED_AT_ONCE);
        }
        return running;
    }

    @Override
    public void start() {
        running = true;
        cleaning.wake();
    }

    /** Whoever waits is told that there is nothing new. */
    @Override
    public void stop() {
        running = false;
        loop.execute(this::look);
        loop.close();
        cleaning.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /**
     * Somebody who waits for a change.
     *
     * @param after for one after this
     * @param limit the most that are to be told
     * @param deadline until when, in nanoseconds of this machine
     * @param answer to be told
     */
    private record Waiting(long after, int limit, long deadline, CompletableFuture<OrderChangePage> answer) {}
}
