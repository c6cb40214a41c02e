package io.orderworkflow.payment.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes what became of calls, gathered over a moment: many in one transaction. Should this process end before it has
 * written, a call that is over is made once more, which changes nothing.
 */
final class ProviderCallJournal {

    private static final Logger log = LoggerFactory.getLogger(ProviderCallJournal.class);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ProviderCalls calls;
    private final TransactionOperations transactions;
    private final Executor executor;
    private final String worker;
    private final Duration moment;

    private final List<ProviderCall.Id> done = new ArrayList<>();
    private final List<ProviderCalls.Postponed> postponed = new ArrayList<>();
    private boolean writeIsDue;

    ProviderCallJournal(
            ProviderCalls calls,
            TransactionOperations transactions,
            Executor executor,
            String worker,
            Duration moment) {
        this.calls = calls;
        this.transactions = transactions;
        this.executor = executor;
        this.worker = worker;
        this.moment = moment;
    }

    /** The call's answer is recorded. */
    synchronized void done(ProviderCall call) {
        done.add(call.id());
        writeWithin(moment);
    }

    /** The call is to be made, or made again, after a while. */
    synchronized void postponed(ProviderCall call, Duration delay) {
        postponed.add(new ProviderCalls.Postponed(call, delay));
        writeWithin(moment);
    }

    private void writeWithin(Duration delay) {
        if (!writeIsDue) {
            writeIsDue = true;
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, executor)
                    .execute(this::write);
        }
    }

    /** Writes what has been gathered, now. */
    void write() {
        List<ProviderCall.Id> doneNow;
        List<ProviderCalls.Postponed> postponedNow;
        synchronized (this) {
            writeIsDue = false;
            doneNow = List.copyOf(done);
            postponedNow = List.copyOf(postponed);
            done.clear();
            postponed.clear();
        }
        try {
            transactions.executeWithoutResult(status -> writeRows(doneNow, postponedNow));
        } catch (DataAccessException | TransactionException e) {
            log.warn(
                    "what became of {} calls could not be written, trying again: {}",
                    doneNow.size() + postponedNow.size(),
                    e.getMessage());
            synchronized (this) {
                done.addAll(doneNow);
                postponed.addAll(postponedNow);
                writeWithin(RETRY);
            }
        }
    }

    private void writeRows(List<ProviderCall.Id> doneNow, List<ProviderCalls.Postponed> postponedNow) {
        if (!doneNow.isEmpty()) {
            calls.delete(doneNow);
        }
        if (!postponedNow.isEmpty()) {
            calls.postpone(postponedNow, worker);
        }
    }
}
