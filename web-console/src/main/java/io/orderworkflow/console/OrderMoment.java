package io.orderworkflow.console;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.eventstore.AggregateType;
import io.orderworkflow.api.eventstore.ReplayAggregate;
import io.orderworkflow.api.eventstore.ReplayedAggregate;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import io.orderworkflow.api.order.WorkflowSteps.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole of an order as it was when an event had just happened.
 *
 * @param number the event's place in the timeline
 * @param last the place of the last event there is
 * @param event the event
 * @param order the order's state as its own handlers made it, {@code null} if there was none yet
 * @param payment the payment's state likewise
 * @param stock what the order had done to the stock by then
 * @param saga the last step that the saga had taken by then, {@code null} if none
 */
record OrderMoment(
        int number,
        int last,
        Entry event,
        @Nullable Map<String, Object> order,
        @Nullable Map<String, Object> payment,
        Collection<StockEffect> stock,
        @Nullable Step saga) {

    /** What the saga did last. */
    public String sagaInWords() {
        return saga == null ? "" : Told.textOf(saga);
    }

    /** As it was at that place of the timeline, or at the end of it if there is no such place. */
    static OrderMoment of(
            OrderId orderId, List<Entry> entries, List<Step> steps, int at, ReadSide readSide, Visit visit) {
        int number = at < 1 || at > entries.size() ? entries.size() : at;
        List<Entry> until = entries.subList(0, number);
        CompletableFuture<Optional<ReplayedAggregate>> order =
                replayed(AggregateType.ORDER, orderId.toString(), until, readSide, visit);
        CompletableFuture<Optional<ReplayedAggregate>> payment = until.stream()
                .filter(entry -> isOf(entry, AggregateType.PAYMENT))
                .map(Entry::aggregateId)
                .findFirst()
                .map(paymentId -> replayed(AggregateType.PAYMENT, paymentId, until, readSide, visit))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
        var known = until.stream().map(Entry::eventId).collect(Collectors.toSet());
        Step saga = steps.stream()
                .filter(step -> known.contains(step.eventId()) && step.refundId() == null && step.failure() == null)
                .reduce((first, second) -> second)
                .orElse(null);
        return new OrderMoment(
                number,
                entries.size(),
                until.get(number - 1),
                stateOf(ReadSide.answer(order)),
                stateOf(ReadSide.answer(payment)),
                StockEffect.of(until),
                saga);
    }

    private static CompletableFuture<Optional<ReplayedAggregate>> replayed(
            AggregateType type, String aggregateId, List<Entry> until, ReadSide readSide, Visit visit) {
        Optional<Long> sequence = until.stream()
                .filter(entry -> isOf(entry, type) && entry.aggregateId().equals(aggregateId))
                .map(Entry::aggregateSequence)
                .reduce((first, second) -> second);
        return sequence.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readSide.find(
                        ReplayAggregate.queryName(type.logicalName()),
                        new ReplayAggregate(
                                type, aggregateId, until.get(until.size() - 1).at(), null, sequence.get()),
                        ReplayedAggregate.class,
                        visit);
    }

    private static boolean isOf(Entry entry, AggregateType type) {
        return entry.aggregateType().equals(type.logicalName());
    }

    private static @Nullable Map<String, Object> stateOf(Optional<ReplayedAggregate> replayed) {
        return replayed.map(ReplayedAggregate::state).orElse(null);
    }
}
