package io.orderworkflow.saga;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.order.ExpireOrderStep;
import io.orderworkflow.api.order.ExpireRefundAttempt;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.messaging.SentCommand;
import io.orderworkflow.platform.schedule.CommandSchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a step of an order's way consists of: asking, and waiting for an answer up to a deadline. Everything takes
 * effect together with the change of the saga's state, or not at all.
 */
class OrderSteps {

    private final CommandBatch commands;
    private final CommandSchedule schedule;
    private final OrderSagaSettings settings;
    private final Clock clock;
    private final @Nullable StepRecord record;

    OrderSteps(CommandBatch commands, CommandSchedule schedule, OrderSagaSettings settings, Clock clock) {
        this(commands, schedule, settings, clock, null);
    }

    /**
     * Creates the steps.
     *
     * @param record where what is done is noted, {@code null} for nowhere
     */
    OrderSteps(
            CommandBatch commands,
            CommandSchedule schedule,
            OrderSagaSettings settings,
            Clock clock,
            @Nullable StepRecord record) {
        this.commands = commands;
        this.schedule = schedule;
        this.settings = settings;
        this.clock = clock;
        this.record = record;
    }

    /** Asks somebody to do something. The command is delivered at least once. */
    void ask(Object command) {
        SentCommand sent = commands.send(command);
        if (record != null) {
            record.sent(sent);
        }
    }

    /** What time it is. */
    Instant now() {
        return clock.instant();
    }

    /**
     * Waits in a step; an order waits in one step at a time.
     *
     * @return until when
     */
    Instant await(OrderId orderId, OrderStep step, int attempt) {
        return expire(deadlineOf(orderId), limit(step, attempt), new ExpireOrderStep(orderId, step, attempt));
    }

    /**
     * Waits for what a refund needs.
     *
     * @return until when
     */
    Instant await(OrderId orderId, RefundId refundId, int attempt) {
        return expire(
                deadlineOf(refundId), repeatInterval(attempt), new ExpireRefundAttempt(orderId, refundId, attempt));
    }

    private Instant expire(String deadline, Duration limit, Object command) {
        Instant due = now().plus(limit);
        schedule.schedule(deadline, due, command);
        if (record != null) {
            record.waitsUntil(due);
        }
        return due;
    }

    /** Has no deadline any more: waits for nothing, or for a person. */
    void stopWaiting(OrderId orderId) {
        cancel(deadlineOf(orderId));
    }

    /** Has no deadline any more: waits for nothing, or for a person. */
    void stopWaiting(RefundId refundId) {
        cancel(deadlineOf(refundId));
    }

    private void cancel(String deadline) {
        schedule.cancel(deadline);
        if (record != null) {
            record.hasNoDeadline();
        }
    }

    /** Whether the provider has refused so often that only a person can help. */
    boolean needsAPerson(int refusals) {
        return refusals > settings.refundRetries();
    }

    private Duration limit(OrderStep step, int attempt) {
        return switch (step) {
            case RESERVATION -> settings.reservationTimeout();
            case AUTHORIZATION, CAPTURE -> settings.paymentTimeout();
            case CONFIRMATION, COMPENSATION -> repeatInterval(attempt);
        };
    }

    private Duration repeatInterval(int attempt) {
        Duration doubled = settings.repeatInterval().multipliedBy(1L << Math.min(attempt - 1, 20));
        return doubled.compareTo(settings.longestRepeatInterval()) < 0 ? doubled : settings.longestRepeatInterval();
    }

    private static String deadlineOf(OrderId orderId) {
        return "order/" + orderId;
    }

    private static String deadlineOf(RefundId refundId) {
        return "refund/" + refundId;
    }
}
