package io.orderworkflow.api.order;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How orders flow. All of it is told of the orders that were placed in one window of time.
 *
 * @param window as it was asked for
 * @param from when the window begins: a slice earlier than its length, as far as the present slice has come
 * @param to when it ends: the moment at which this was told
 * @param orders how many orders were placed in it
 * @param rates how many were placed in each of its slices, the oldest first; the last slice is not over yet
 * @param outcomes where these orders stand now, each once: open, confirmed, rejected by reason, cancelled; only those that
 *     there are any of
 * @param durations how long they took, in the order of {@link Stage}
 */
public record OrderFlow(
        FindOrderFlow.Window window,
        Instant from,
        Instant to,
        long orders,
        List<Rate> rates,
        List<Share> outcomes,
        List<Durations> durations) {

    /** The most orders whose durations, or whose reasons, are looked at; of more than that, so many stand for all. */
    public static final int LARGEST_SAMPLE = 5_000;

    /** Creates the answer. */
    public OrderFlow {
        rates = List.copyOf(rates);
        outcomes = List.copyOf(outcomes);
        durations = List.copyOf(durations);
    }

    /**
     * How many orders were placed in a slice of time.
     *
     * @param from when it begins
     * @param orders how many were placed
     * @param perSecond how many that is a second; of the last slice, of the time that has passed
     */
    public record Rate(Instant from, long orders, double perSecond) {}

    /** What becomes of orders. */
    public enum Outcome {
        /** Not settled yet. */
        OPEN,
        /** Confirmed; perhaps shipped and delivered by now. */
        CONFIRMED,
        /** Rejected, for a reason that is told. */
        REJECTED,
        /** Cancelled by a person. */
        CANCELLED
    }

    /**
     * How many orders stand at one outcome.
     *
     * @param outcome which
     * @param reason why they were rejected; {@code null} for all other outcomes
     * @param orders how many they are; of rejected ones estimated from a sample where there are more than
     *     {@link #LARGEST_SAMPLE}
     * @param share of all orders of the window, from 0 to 1
     */
    public record Share(Outcome outcome, RejectionReason.@Nullable Code reason, long orders, double share) {}

    /** What takes its time on an order's way. */
    public enum Stage {
        /** From placing until it is confirmed or rejected. */
        SETTLE,
        /** From placing until all stock is set aside and the payment is asked for. */
        RESERVE,
        /** From then until the money is held. */
        AUTHORIZE,
        /** From then until the money is taken. */
        CAPTURE,
        /** From then until the order is confirmed. */
        CONFIRM
    }

    /**
     * How long one stage took, of the orders that were confirmed or rejected: how long one took that was cancelled is up
     * to whoever cancelled it. In milliseconds, as the times of its events tell; half, 95 and 99 of a hundred orders took
     * no longer than that.
     *
     * @param stage what took that long
     * @param orders how many orders this was told from, a sample if there are more than {@link #LARGEST_SAMPLE}; those
     *     that never got that far have no part in it
     * @param p50 {@code null} if there are none
     * @param p95 {@code null} if there are none
     * @param p99 {@code null} if there are none
     */
    public record Durations(
            Stage stage,
            long orders,
            @Nullable Long p50,
            @Nullable Long p95,
            @Nullable Long p99) {}
}
