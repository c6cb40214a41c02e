package io.orderworkflow.payment.provider;

import java.time.Duration;

/**
 * How much is done at once, and how long it may take.
 *
 * @param maxInFlight calls that are under way at the same time
 * @param callTimeout how long the provider may take for one answer
 * @param commandTimeout how long recording an answer may take
 * @param delayWhileCircuitIsOpen after which a call is looked at again that the circuit breaker did not permit
 * @param journalMoment over which what became of calls is gathered before it is written
 */
record RunnerLimits(
        int maxInFlight,
        Duration callTimeout,
        Duration commandTimeout,
        Duration delayWhileCircuitIsOpen,
        Duration journalMoment) {

    /** A call may be looked up, made, and looked up again. */
    private static final int EXCHANGES_OF_ONE_TRY = 3;

    private static final Duration SLACK = Duration.ofSeconds(1);

    /** How long a single try may take, at the very most. */
    Duration longestTry() {
        return callTimeout
                .multipliedBy(EXCHANGES_OF_ONE_TRY)
                .plus(commandTimeout)
                .plus(SLACK);
    }

    /** For how long a worker leases a call: for a try, and for as long again to wait for its turn. */
    Duration lease() {
        return longestTry().multipliedBy(2);
    }

    /** Three quarters of all calls under way may be first tries, and as many as that four times over may wait. */
    CallLane laneForFirstTries() {
        int inFlight = Math.max(1, maxInFlight * 3 / 4);
        return new CallLane(inFlight, inFlight * 4);
    }

    /** The other quarter of all calls under way. */
    CallLane laneForFurtherTries() {
        int inFlight = Math.max(1, maxInFlight / 4);
        return new CallLane(inFlight, inFlight);
    }
}
