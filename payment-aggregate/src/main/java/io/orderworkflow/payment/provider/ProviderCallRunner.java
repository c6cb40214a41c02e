package io.orderworkflow.payment.provider;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.orderworkflow.payment.provider.CallLane.LeasedCall;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls that this process has leased: many at once, outside of any transaction. What a call led to is
 * recorded by a command; what failed, on either side, is postponed and tried again, for ever.
 *
 * <p>Calls that were tried before have a lane of their own, so that a provider which leaves some payments without an
 * answer cannot fill all places with them.
 */
final class ProviderCallRunner {

    private static final Logger log = LoggerFactory.getLogger(ProviderCallRunner.class);

    /** Of this many tries each, one is worth a line in the log. */
    private static final int TRIES_PER_WARNING = 10;

    private final ProviderCaller caller;
    private final AnswerRecorder answers;
    private final ProviderCallJournal journal;
    private final CircuitBreaker circuit;
    private final PollTimer timer;
    private final BackOff backOff;
    private final Executor executor;
    private final RunnerLimits limits;
    private final CallLane first;
    private final CallLane again;

    private volatile boolean stopping;

    ProviderCallRunner(
            ProviderCaller caller,
            AnswerRecorder answers,
            ProviderCallJournal journal,
            CircuitBreaker circuit,
            PollTimer timer,
            BackOff backOff,
            Executor executor,
            RunnerLimits limits) {
        this.caller = caller;
        this.answers = answers;
        this.journal = journal;
        this.circuit = circuit;
        this.timer = timer;
        this.backOff = backOff;
        this.executor = executor;
        this.limits = limits;
        this.first = limits.laneForFirstTries();
        this.again = limits.laneForFurtherTries();
    }

    /** The lane of calls that were, or were not, tried before. */
    CallLane lane(boolean triedBefore) {
        return triedBefore ? again : first;
    }

    int inFlight() {
        return first.inFlight() + again.inFlight();
    }

    /** Makes calls as soon as it is their turn. Room for them must have been reserved in the lane. */
    void run(CallLane lane, Collection<LeasedCall> calls) {
        lane.add(calls);
        executor.execute(() -> startWhatMay(lane));
    }

    /** Starts no more calls, and gives those that are under way a moment to end. */
    void stop(Duration atMost) {
        stopping = true;
        try {
            first.awaitIdle(atMost);
            again.awaitIdle(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startWhatMay(CallLane lane) {
        while (!stopping) {
            LeasedCall next = lane.next();
            if (next == null) {
                return;
            }
            make(next).whenCompleteAsync((done, failure) -> ended(lane, next.call(), failure), executor);
        }
    }

    private void ended(CallLane lane, ProviderCall call, @Nullable Throwable failure) {
        if (failure != null) {
            log.error("order {}: the {} ended in a way that it never should", call.orderId(), call.action(), failure);
            postponeTriedInVain(call);
        }
        lane.ended();
        startWhatMay(lane);
    }

    private CompletionStage<Void> make(LeasedCall leased) {
        ProviderCall call = leased.call();
        if (leased.leaseEnds() - System.nanoTime() < limits.longestTry().toNanos()) {
            // It waited too long for its turn: before it were over, another worker could take it.
            postpone(call, Duration.ZERO);
            return CompletableFuture.completedFuture(null);
        }
        if (call.answer() != null) {
            return record(call, call.answer());
        }
        if (!circuit.tryAcquirePermission()) {
            postpone(call, limits.delayWhileCircuitIsOpen());
            return CompletableFuture.completedFuture(null);
        }
        return caller.tryOnce(call).thenCompose(this::recordOrPostpone);
    }

    private CompletionStage<Void> recordOrPostpone(ProviderCall tried) {
        if (tried.answer() != null) {
            return record(tried, tried.answer());
        }
        postponeTriedInVain(tried);
        return CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> record(ProviderCall call, ProviderAnswer answer) {
        return answers.record(call, answer)
                .orTimeout(limits.commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((result, failure) -> {
                    if (failure == null) {
                        endOrAskAnew(call);
                    } else {
                        log.warn(
                                "order {}: the answer to the {} could not be recorded, trying again: {}",
                                call.orderId(),
                                call.action(),
                                failure.toString());
                        postponeTriedInVain(call);
                    }
                    return null;
                });
    }

    private void endOrAskAnew(ProviderCall recorded) {
        if (recorded.isToBeAskedAnew()) {
            postponeTriedInVain(recorded.askedAnew());
        } else {
            journal.done(recorded);
        }
    }

    private void postponeTriedInVain(ProviderCall call) {
        ProviderCall later = call.triedInVain();
        if (later.tries() % TRIES_PER_WARNING == 0) {
            log.warn(
                    "order {}: the {} was tried {} times in vain, last: {}",
                    later.orderId(),
                    later.action(),
                    later.tries(),
                    later.attempts().isEmpty()
                            ? "-"
                            : later.attempts().get(later.attempts().size() - 1).detail());
        }
        postpone(later, backOff.after(later.tries()));
    }

    private void postpone(ProviderCall call, Duration delay) {
        journal.postponed(call, delay);
        timer.pollWithin(delay.plus(limits.journalMoment()));
    }
}
