package io.orderworkflow.payment.builtin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps the books. One thread takes all entries that came in over a short while, applies them one after the other, and
 * writes the lines that result from them in one transaction; only then their clients hear of it.
 */
final class Ledger implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 500;
    private static final long LOOKS_FOR_ITS_END_MILLIS = 100;
    private static final long TIME_TO_FINISH_MILLIS = 2_000;

    private final BlockingQueue<Entry<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LedgerTable table;
    private final TransactionOperations transactions;
    private final Duration groupingDelay;
    private final Thread writer = new Thread(this::write, "built-in-provider-ledger");
    private volatile boolean closing;

    Ledger(LedgerTable table, TransactionOperations transactions, Duration groupingDelay) {
        this.table = table;
        this.transactions = transactions;
        this.groupingDelay = groupingDelay;
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Has something read or done.
     *
     * @param idempotencyKey of the operation concerned; {@code null} if none is
     * @param paymentId the payment concerned; {@code null} if none is
     * @param action what is to be done with the books, which hold at least the operation and the payment
     * @return what the action returned, once all that it wrote is safe
     */
    <T> CompletionStage<T> enter(@Nullable String idempotencyKey, @Nullable UUID paymentId, Function<Books, T> action) {
        Entry<T> entry = new Entry<>(idempotencyKey, paymentId, action, new CompletableFuture<>());
        if (closing || !waiting.offer(entry)) {
            entry.result.completeExceptionally(new IllegalStateException("the ledger takes no more entries"));
        }
        return entry.result;
    }

    private void write() {
        List<Entry<?>> group = new ArrayList<>();
        while (!closing || !waiting.isEmpty()) {
            try {
                gather(group);
                if (!group.isEmpty()) {
                    write(group);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.warn("{} entries of the built-in payment provider could not be written", group.size(), e);
                group.forEach(entry -> entry.result.completeExceptionally(e));
            } finally {
                group.clear();
            }
        }
    }

    private void gather(List<Entry<?>> group) throws InterruptedException {
        Entry<?> next = waiting.poll(LOOKS_FOR_ITS_END_MILLIS, TimeUnit.MILLISECONDS);
        long until = System.nanoTime() + groupingDelay.toNanos();
        while (next != null) {
            group.add(next);
            next = group.size() < MOST_AT_ONCE
                    ? waiting.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)
                    : null;
        }
    }

    private void write(List<Entry<?>> group) {
        List<Runnable> answers = new ArrayList<>(group.size());
        transactions.executeWithoutResult(status -> {
            table.lock();
            Books books = new Books(table.lines(
                    group.stream()
                            .map(Entry::idempotencyKey)
                            .filter(key -> key != null)
                            .toList(),
                    group.stream()
                            .map(Entry::paymentId)
                            .filter(id -> id != null)
                            .distinct()
                            .toList()));
            group.forEach(entry -> answers.add(entry.apply(books)));
            if (!books.added().isEmpty()) {
                table.add(books.added());
            }
        });
        answers.forEach(Runnable::run);
    }

    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TIME_TO_FINISH_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Entry<T>(
            @Nullable String idempotencyKey,
            @Nullable UUID paymentId,
            Function<Books, T> action,
            CompletableFuture<T> result) {

        /** Does it, and returns how to tell the client. */
        Runnable apply(Books books) {
            T value = action.apply(books);
            return () -> result.complete(value);
        }
    }
}
