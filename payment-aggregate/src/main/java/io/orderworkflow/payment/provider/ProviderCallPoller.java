package io.orderworkflow.payment.provider;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.payment.provider.CallLane.LeasedCall;
import io.orderworkflow.payment.provider.ProviderCalls.Backlog;
import io.orderworkflow.payment.provider.ProviderCalls.Lease;
import io.orderworkflow.payment.provider.ProviderCalls.Taken;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds the calls that nobody makes: those that were postponed and are due, those that a worker left behind when it
 * died, and those that there was no room for in memory when they were asked for. The others never come by here.
 */
final class ProviderCallPoller {

    private static final Logger log = LoggerFactory.getLogger(ProviderCallPoller.class);

    /** Intervals after which a worker that was not heard of is dead: others wait as long for what it has leased. */
    private static final int INTERVALS_ALIVE = 10;

    /** Intervals after which a worker says again that it is alive: it may miss some. */
    private static final int INTERVALS_BETWEEN_SIGNS_OF_LIFE = 3;

    private static final Duration BACKLOG_EVERY = Duration.ofSeconds(10);

    private final ProviderCalls calls;
    private final LivingWorkers workers;
    private final TransactionOperations transactions;
    private final ProviderCallRunner runner;
    private final CircuitBreaker circuit;
    private final PollTimer timer;
    private final Clock clock;
    private final Lease lease;
    private final Duration interval;
    private final Duration intervalWhenBusy;
    private final Duration aliveFor;

    private final Periodic sayingAlive;
    private final Periodic countingBacklog = new Periodic(BACKLOG_EVERY);
    private volatile boolean failing;
    private volatile Backlog backlog = new Backlog(0, Duration.ZERO);

    ProviderCallPoller(
            ProviderCalls calls,
            LivingWorkers workers,
            TransactionOperations transactions,
            ProviderCallRunner runner,
            CircuitBreaker circuit,
            PollTimer timer,
            Clock clock,
            Lease lease,
            Duration interval) {
        this.calls = calls;
        this.workers = workers;
        this.transactions = transactions;
        this.runner = runner;
        this.circuit = circuit;
        this.timer = timer;
        this.clock = clock;
        this.lease = lease;
        this.interval = interval;
        this.intervalWhenBusy = interval.dividedBy(10);
        this.aliveFor = interval.multipliedBy(INTERVALS_ALIVE);
        this.sayingAlive = new Periodic(interval.multipliedBy(INTERVALS_BETWEEN_SIGNS_OF_LIFE));
    }

    /** Begins to look, and says that this worker is alive before it leases anything. */
    void start() {
        sayingAlive.isDue();
        workers.isAlive(lease.worker(), aliveFor);
        timer.start(this::poll);
    }

    /** Leaves what is still leased to others. The timer must have been stopped: a look would bring the worker back. */
    synchronized void stop() {
        try {
            workers.hasEnded(lease.worker());
        } catch (DataAccessException e) {
            log.warn("could not say that this worker ends: others will notice after {}", aliveFor, e);
        }
    }

    /** How much there was to do when it was last counted. */
    Backlog backlog() {
        return backlog;
    }

    private void poll() {
        Duration next = interval;
        try {
            boolean more = look();
            next = more ? intervalWhenBusy : interval;
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("calls that are due could not be taken, trying again until that succeeds", e);
            }
            failing = true;
        } finally {
            timer.pollWithin(next);
        }
    }

    /** Takes what is due, and says whether there is more. */
    private synchronized boolean look() {
        int mostAtOnce = mostThatCircuitPermits();
        Take first = new Take(false, mostAtOnce);
        Take again = new Take(true, mostAtOnce);
        try {
            transactions.executeWithoutResult(status -> {
                if (sayingAlive.isDue()) {
                    workers.isAlive(lease.worker(), aliveFor);
                }
                if (countingBacklog.isDue()) {
                    backlog = calls.backlog();
                }
                if (mostAtOnce > 0) {
                    calls.planAfresh();
                    calls.removeSuperseded();
                    first.take();
                    again.take();
                }
            });
        } catch (RuntimeException e) {
            first.giveUp();
            again.giveUp();
            throw e;
        }
        first.run();
        again.run();
        return first.leftSome() || again.leftSome();
    }

    /** Asking for permission is also what lets an open circuit breaker find that it has been open for long enough. */
    private int mostThatCircuitPermits() {
        if (!circuit.tryAcquirePermission()) {
            return 0;
        }
        circuit.releasePermission();
        return circuit.getState() == CircuitBreaker.State.HALF_OPEN
                ? circuit.getCircuitBreakerConfig().getPermittedNumberOfCallsInHalfOpenState()
                : Integer.MAX_VALUE;
    }

    /** What is taken for one lane. */
    private final class Take {

        private final boolean triedBefore;
        private final CallLane lane;
        private final boolean laneIsBusy;
        private final int reserved;
        private final long leaseEnds;
        private List<LeasedCall> taken = List.of();

        Take(boolean triedBefore, int most) {
            this.triedBefore = triedBefore;
            this.lane = runner.lane(triedBefore);
            this.laneIsBusy = lane.isMostlyFull();
            this.reserved = laneIsBusy ? 0 : lane.reserve(most);
            this.leaseEnds = System.nanoTime() + lease.duration().toNanos();
        }

        void take() {
            if (reserved > 0) {
                taken = calls.take(triedBefore, reserved, lease).stream()
                        .map(one -> new LeasedCall(callOf(one), leaseEnds))
                        .toList();
            }
        }

        void giveUp() {
            lane.release(reserved);
        }

        void run() {
            lane.release(reserved - taken.size());
            if (!taken.isEmpty()) {
                runner.run(lane, taken);
            }
        }

        boolean leftSome() {
            return laneIsBusy || (reserved > 0 && taken.size() == reserved);
        }

        private ProviderCall callOf(Taken one) {
            ProviderCall call = one.call();
            return one.leftBehind()
                    ? call.attempted(new ProviderAttempt(
                            call.action(),
                            clock.instant(),
                            Outcome.NO_ANSWER,
                            "the process that made this call ended before it had recorded an answer"))
                    : call;
        }
    }

    /** Something that is to be done now and then. */
    private static final class Periodic {

        private final long distance;
        private long dueAt = System.nanoTime();

        Periodic(Duration distance) {
            this.distance = distance.toNanos();
        }

        boolean isDue() {
            long now = System.nanoTime();
            if (now - dueAt < 0) {
                return false;
            }
            dueAt = now + distance;
            return true;
        }
    }
}
