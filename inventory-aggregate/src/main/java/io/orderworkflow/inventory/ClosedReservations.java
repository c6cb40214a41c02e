package io.orderworkflow.inventory;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.orderworkflow.api.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a stock item ended with the orders that ask no more of it: what a repeated or overtaken command is recognised by.
 * They are remembered for as long as a command can plausibly be under way, and no more of them than fit: the state must
 * not grow with the number of orders. A command that was under way for longer can be told by when it was asked.
 *
 * <p>Part of the state of an aggregate: plain fields that Jackson writes and restores, changed by event sourcing
 * handlers only.
 */
class ClosedReservations {

    static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    /** After half of that time a mark is set anew, if there is a reason to. */
    static final Duration RENEWED_AFTER = REMEMBERED_FOR.dividedBy(2);

    static final int REMEMBERED_AT_MOST = 10_000;

    /** How it ended for one order. */
    enum Outcome {
        /** Nothing was set aside for it. */
        REJECTED,
        /** What was set aside, if anything, was given back. */
        RELEASED,
        /** What was set aside left the stock. */
        DEBITED
    }

    /**
     * Milliseconds rather than an instant, and written without the names of its parts: there can be many of these in
     * memory and in a snapshot.
     *
     * @param outside pieces that left the stock and did not come back
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private record Closed(Outcome outcome, long atEpochMilli, long outside) {}

    /** In the order of closing, the oldest first. Keyed by what an order id holds, for Jackson takes that as a key. */
    private LinkedHashMap<UUID, Closed> byOrder = new LinkedHashMap<>();

    private boolean forgotSome;

    /** Who ended before is forgotten. */
    private long rememberedFromEpochMilli;

    /** How it ended for the order; {@code null} if it did not, or is forgotten. */
    @Nullable
    Outcome outcomeFor(OrderId orderId) {
        Closed closed = byOrder.get(orderId.value());
        return closed == null ? null : closed.outcome();
    }

    /** How many pieces left the stock for the order and did not come back, as far as that is remembered. */
    long outsideFor(OrderId orderId) {
        Closed closed = byOrder.get(orderId.value());
        return closed == null ? 0 : closed.outside();
    }

    /** Whether its mark has not long to last, as of the given time. */
    boolean isAgeing(OrderId orderId, Instant at) {
        Closed closed = byOrder.get(orderId.value());
        return closed != null && closed.atEpochMilli() + RENEWED_AFTER.toMillis() <= at.toEpochMilli();
    }

    /**
     * Whether an order that is not here may be over for all that is known, if something was asked for it at the given
     * time. It was not over yet then, or its mark was younger than {@link #RENEWED_AFTER}: otherwise it was set anew by
     * what was asked along with it.
     */
    boolean mayHaveForgotten(Instant asked) {
        return forgotSome && asked.toEpochMilli() < rememberedFromEpochMilli + RENEWED_AFTER.toMillis();
    }

    /** Whether an order that is not here may have been once. */
    boolean forgotSome() {
        return forgotSome;
    }

    /** Remembers how it ended, in place of what was known of that order, and forgets what is too old or too much. */
    void close(OrderId orderId, Outcome outcome, Instant at) {
        close(orderId, outcome, 0, at);
    }

    /** Remembers that so many pieces left the stock. */
    void debit(OrderId orderId, long pieces, Instant at) {
        close(orderId, Outcome.DEBITED, pieces, at);
    }

    /** Remembers that so many of them came back. That prolongs nothing. */
    void takeBack(OrderId orderId, long pieces) {
        byOrder.computeIfPresent(
                orderId.value(),
                (id, closed) -> new Closed(closed.outcome(), closed.atEpochMilli(), closed.outside() - pieces));
    }

    private void close(OrderId orderId, Outcome outcome, long outside, Instant at) {
        byOrder.remove(orderId.value());
        byOrder.put(orderId.value(), new Closed(outcome, at.toEpochMilli(), outside));
        rememberedFromEpochMilli =
                Math.max(rememberedFromEpochMilli, at.minus(REMEMBERED_FOR).toEpochMilli());
        forgetBefore(rememberedFromEpochMilli);
    }

    /** Looks at the oldest only, so that closing costs the same however many there are. */
    private void forgetBefore(long epochMilli) {
        Iterator<Map.Entry<UUID, Closed>> oldestFirst = byOrder.entrySet().iterator();
        while (oldestFirst.hasNext()) {
            Closed oldest = oldestFirst.next().getValue();
            if (oldest.atEpochMilli() >= epochMilli && byOrder.size() <= REMEMBERED_AT_MOST) {
                return;
            }
            oldestFirst.remove();
            forgotSome = true;
        }
    }
}
