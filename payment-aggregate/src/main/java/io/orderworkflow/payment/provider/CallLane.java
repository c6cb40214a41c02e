package io.orderworkflow.payment.provider;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one kind that this process has leased: so many are under way at the same time, and so many wait for that in
 * memory. Whoever wants to add some first reserves room for them; what finds no room stays in the database.
 */
final class CallLane {

    private final Semaphore inFlight;
    private final Semaphore room;
    private final int mostInFlight;
    private final int capacity;
    private final Deque<LeasedCall> waiting = new ArrayDeque<>();

    CallLane(int mostInFlight, int mostWaiting) {
        this.mostInFlight = mostInFlight;
        this.capacity = mostInFlight + mostWaiting;
        this.inFlight = new Semaphore(mostInFlight);
        this.room = new Semaphore(capacity);
    }

    /** Reserves room for calls, as many as there is room for. */
    synchronized int reserve(int wanted) {
        int granted = Math.min(wanted, room.availablePermits());
        return granted > 0 && room.tryAcquire(granted) ? granted : 0;
    }

    /** Gives back room that was reserved and is not needed, or no longer. */
    void release(int reserved) {
        room.release(reserved);
    }

    /** Adds calls that room was reserved for. */
    synchronized void add(Collection<LeasedCall> calls) {
        waiting.addAll(calls);
    }

    /** Takes the next call that may be made now; {@link #ended} has to follow. */
    synchronized @Nullable LeasedCall next() {
        if (waiting.isEmpty() || !inFlight.tryAcquire()) {
            return null;
        }
        return waiting.remove();
    }

    /** Says that a call taken by {@link #next} is no longer under way. */
    void ended() {
        inFlight.release();
        room.release();
    }

    /** Waits until nothing is under way, but not for longer than that; nothing can be started afterwards. */
    void awaitIdle(Duration atMost) throws InterruptedException {
        inFlight.tryAcquire(mostInFlight, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    int inFlight() {
        return mostInFlight - inFlight.availablePermits();
    }

    /** Whether most of the room is taken, so that it is not worth while to look for a few calls more. */
    boolean isMostlyFull() {
        return room.availablePermits() < capacity / 4;
    }

    /**
     * A call that this process has leased.
     *
     * @param call what is to be made
     * @param leaseEnds when the lease ends at the earliest, as {@link System#nanoTime} tells it
     */
    record LeasedCall(ProviderCall call, long leaseEnds) {}
}
