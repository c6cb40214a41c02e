package io.orderworkflow.platform.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Takes snapshots on a thread of its own. Axon's would read the aggregate once more on the thread that has just handled
 * a command for it, and tell of a failure in one line of the log.
 *
 * <p>A snapshot is never owed: one that fails, or that there is no room for, is left out, and the next is taken after as
 * many events again. Counted, because an aggregate that never gets one becomes slower with every event.
 */
class BackgroundSnapshotter extends SpringAggregateSnapshotter implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(BackgroundSnapshotter.class);

    private static final String ASKED = BackgroundSnapshotter.class.getName();

    private static final int MOST_WAITING = 100;
    private static final int SECONDS_TO_FINISH = 10;

    private final TransactionManager transactions;
    private final MeterRegistry registry;
    private final Set<Wanted> wanted = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor executor;

    BackgroundSnapshotter(Builder builder, TransactionManager transactions, MeterRegistry registry) {
        super(builder);
        this.transactions = transactions;
        this.registry = registry;
        this.executor = new ThreadPoolExecutor(
                1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), BackgroundSnapshotter::thread);
        this.executor.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "snapshots");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * After the commit: what is not committed yet, another thread does not see. Once a unit of work, which asks again
     * for every so many events of a history that it reads.
     */
    @Override
    public void scheduleSnapshot(Class<?> aggregateType, String aggregateIdentifier) {
        Wanted snapshot = new Wanted(aggregateType, aggregateIdentifier);
        if (!CurrentUnitOfWork.isStarted()) {
            takeSoon(snapshot);
            return;
        }
        UnitOfWork<?> current = CurrentUnitOfWork.get();
        Set<Wanted> asked = current.getOrComputeResource(ASKED, key -> new HashSet<>());
        if (!asked.add(snapshot)) {
            return;
        }
        if (current.phase().isBefore(UnitOfWork.Phase.COMMIT)) {
            current.afterCommit(committed -> takeSoon(snapshot));
        } else {
            takeSoon(snapshot);
        }
    }

    private void takeSoon(Wanted snapshot) {
        if (!wanted.add(snapshot)) {
            return;
        }
        try {
            executor.execute(() -> take(snapshot));
        } catch (RejectedExecutionException full) {
            wanted.remove(snapshot);
            count(snapshot, "left_out");
        }
    }

    private void take(Wanted snapshot) {
        // Before it is read: an event after that may want the next one.
        wanted.remove(snapshot);
        try {
            transactions.executeInTransaction(createSnapshotterTask(snapshot.type(), snapshot.identifier()));
            count(snapshot, "taken");
        } catch (ConcurrencyException another) {
            log.debug("another node has taken the snapshot of {} {}", snapshot.name(), snapshot.identifier());
        } catch (RuntimeException | LinkageError failure) {
            count(snapshot, "failed");
            log.warn("no snapshot could be taken of {} {}", snapshot.name(), snapshot.identifier(), failure);
        }
    }

    private void count(Wanted snapshot, String outcome) {
        Counter.builder("order.workflow.snapshots")
                .description("Snapshots of aggregates, by how it went")
                .tag("aggregate", snapshot.name())
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    @Override
    public void destroy() throws InterruptedException {
        executor.shutdown();
        executor.getQueue().clear();
        if (!executor.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
            log.warn("a snapshot was being taken when the program ended");
        }
    }

    private record Wanted(Class<?> type, String identifier) {

        String name() {
            return type.getSimpleName();
        }
    }
}
