package io.orderworkflow.rest;

import io.orderworkflow.api.FindReadModelProgress;
import io.orderworkflow.api.FindStoreHead;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.ReadModelProgress;
import io.orderworkflow.api.StoreHead;
import io.orderworkflow.api.order.FindOrderChanges;
import io.orderworkflow.api.order.FindOrdersById;
import io.orderworkflow.api.order.OrderChangePage;
import io.orderworkflow.api.order.OrderChangePage.Change;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.OrdersById;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.queryhandling.QueryHandler;

/** Stands for the query side, as far as it tells what has changed and how far it is. */
final class StubReadModels {

    private final List<FindReadModelProgress> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger headReads = new AtomicInteger();
    private volatile Runnable onHead = () -> {};
    private volatile long head;
    private volatile long reached = Long.MAX_VALUE;
    private volatile boolean broken;

    // Guarded by this.
    private final Map<OrderId, OrderView> orders = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long last;
    private long forgotten;
    private CompletableFuture<Void> changed = new CompletableFuture<>();

    synchronized void reset() {
        asked.clear();
        headReads.set(0);
        onHead = () -> {};
        reached = Long.MAX_VALUE;
        broken = false;
    }

    /** The last event is at that position. */
    void head(long position) {
        head = position;
    }

    /** What happens when somebody asks for the last event. */
    void onHead(Runnable behaviour) {
        onHead = behaviour;
    }

    int headReads() {
        return headReads.get();
    }

    /** Read models have got to that position. */
    void reached(long position) {
        reached = position;
    }

    /** Nothing is answered any more, or is again. */
    void broken(boolean isBroken) {
        broken = isBroken;
    }

    List<FindReadModelProgress> asked() {
        return List.copyOf(asked);
    }

    /** An order has changed, and looks like this now. Returns the number of the change. */
    synchronized long changes(OrderView order) {
        orders.put(order.orderId(), order);
        changes.add(new Change(++last, order.orderId()));
        changed.complete(null);
        changed = new CompletableFuture<>();
        return last;
    }

    synchronized long last() {
        return last;
    }

    /** No change until that one is known any more. */
    synchronized void forgets(long until) {
        forgotten = until;
    }

    private void unlessBroken() {
        if (broken) {
            throw new IllegalStateException("the query side is away");
        }
    }

    @QueryHandler
    StoreHead handle(FindStoreHead query) {
        unlessBroken();
        headReads.incrementAndGet();
        long read = head;
        onHead.run();
        return new StoreHead(read);
    }

    @QueryHandler
    CompletableFuture<ReadModelProgress> handle(FindReadModelProgress query) {
        unlessBroken();
        asked.add(query);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(query.patienceMillis());
        return progress(query, end);
    }

    private CompletableFuture<ReadModelProgress> progress(FindReadModelProgress query, long end) {
        boolean there = reached >= query.position();
        return there || System.nanoTime() - end >= 0
                ? CompletableFuture.completedFuture(new ReadModelProgress(there))
                : new CompletableFuture<Void>()
                        .completeOnTimeout(null, 10, TimeUnit.MILLISECONDS)
                        .thenCompose(later -> progress(query, end));
    }

    @QueryHandler
    synchronized CompletableFuture<OrderChangePage> handle(FindOrderChanges query) {
        unlessBroken();
        OrderChangePage page = page(query);
        return page.lost() || !page.changes().isEmpty() || query.patienceMillis() == 0
                ? CompletableFuture.completedFuture(page)
                : changed.copy()
                        .completeOnTimeout(null, query.patienceMillis(), TimeUnit.MILLISECONDS)
                        .thenApply(something -> page(query));
    }

    private synchronized OrderChangePage page(FindOrderChanges query) {
        Long after = query.after();
        if (after == null) {
            return new OrderChangePage(last, false, false, List.of());
        }
        if (after < forgotten || after > last) {
            return new OrderChangePage(last, false, true, List.of());
        }
        List<Change> told = changes.stream()
                .filter(change -> change.number() > after)
                .limit(query.limit())
                .toList();
        boolean more = told.size() == query.limit();
        return new OrderChangePage(more ? told.get(told.size() - 1).number() : last, more, false, told);
    }

    @QueryHandler
    synchronized OrdersById handle(FindOrdersById query) {
        unlessBroken();
        return new OrdersById(orders.values().stream()
                .filter(order -> query.orderIds().contains(order.orderId()))
                .toList());
    }
}
