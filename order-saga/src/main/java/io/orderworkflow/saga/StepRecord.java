package io.orderworkflow.saga;

import io.orderworkflow.platform.batch.BatchedWork;
import io.orderworkflow.platform.messaging.Correlation;
import io.orderworkflow.platform.messaging.SentCommand;
import io.orderworkflow.platform.projection.EventSequence;
import io.orderworkflow.platform.saga.Wait;
import io.orderworkflow.platform.saga.Waiting;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The record of what was done on every event that a saga handled. It is written with one statement a batch, in the
 * transaction of the sagas' states, while their commands are under way: a step is kept only if all of its commands are
 * answered, so of these it is known how they end. What failed is written as well, when that is known: it is not part of
 * the state, but whoever looks for the reason has to find it.
 */
final class StepRecord extends BatchedWork<List<StepRecord.Step>> {

    private static final String WRITE = """
            insert into saga_step (order_id, refund_id, event, event_id, step, awaited, attempts, changes, commands,
                deadline, deadline_cancelled, failure, micros, correlation_id, trace_id, at)
            select *, ?::timestamptz
            from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[],
                ?::json[], ?::json[], ?::timestamptz[], ?::boolean[], ?::text[], ?::bigint[], ?::text[], ?::text[])
            """;
    private static final int LONGEST_FAILURE = 500;
    private static final String TRACE_PARENT = "traceparent";

    private final JdbcTemplate jdbc;
    private final Clock clock;

    StepRecord(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Begins a step: what is asked and awaited from now on belongs to it. */
    Step begin(EventMessage<?> event, Waiting saga, StateFields fields) {
        Step step = new Step(event, saga, fields);
        current().add(step);
        return step;
    }

    void sent(SentCommand command) {
        last().commands.add(command);
    }

    void waitsUntil(Instant deadline) {
        last().deadline = deadline;
        last().deadlineCancelled = false;
    }

    void hasNoDeadline() {
        last().deadline = null;
        last().deadlineCancelled = true;
    }

    private Step last() {
        List<Step> steps = current();
        return steps.get(steps.size() - 1);
    }

    @Override
    protected List<Step> nothing() {
        return new ArrayList<>();
    }

    @Override
    protected void write(List<List<Step>> parts) {
        insert(parts, sent -> SentCommand.ANSWERED);
    }

    @Override
    protected void abandon(List<List<Step>> parts) {
        parts.forEach(steps -> steps.forEach(Step::abandon));
        insert(parts, SentCommand::ending);
    }

    private void insert(List<List<Step>> parts, Function<SentCommand, String> ending) {
        List<Step> steps = parts.stream().flatMap(Collection::stream).toList();
        if (steps.isEmpty()) {
            return;
        }
        jdbc.update(
                WRITE,
                Timestamp.from(clock.instant()),
                column(steps, step -> step.orderId, UUID[]::new),
                column(steps, step -> step.refundId, UUID[]::new),
                column(steps, step -> step.event.getPayloadType().getSimpleName(), String[]::new),
                column(steps, step -> step.event.getIdentifier(), String[]::new),
                column(steps, step -> step.wait == null ? null : step.wait.step(), String[]::new),
                column(steps, step -> step.wait == null ? null : step.wait.awaited(), String[]::new),
                column(steps, step -> step.wait == null ? 0 : step.wait.attempts(), Integer[]::new),
                column(steps, step -> step.changes, String[]::new),
                column(steps, step -> step.commandsAsJson(ending), String[]::new),
                column(steps, step -> step.deadline == null ? null : Timestamp.from(step.deadline), Timestamp[]::new),
                column(steps, step -> step.deadlineCancelled, Boolean[]::new),
                column(steps, step -> step.failure, String[]::new),
                column(steps, step -> step.micros, Long[]::new),
                column(steps, step -> step.metaData(Correlation.CORRELATION_ID), String[]::new),
                column(steps, Step::traceId, String[]::new));
    }

    private static <C> @Nullable C[] column(
            List<Step> steps, Function<Step, @Nullable C> value, IntFunction<@Nullable C[]> array) {
        @Nullable C[] column = array.apply(steps.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(steps.get(i));
        }
        return column;
    }

    /** What is done on one event. */
    static final class Step {

        private final EventMessage<?> event;
        private final Waiting saga;
        private final StateFields fields;
        private final @Nullable Object[] before;
        private final UUID orderId;
        private final long begun = System.nanoTime();
        private final List<SentCommand> commands = new ArrayList<>();

        private @Nullable UUID refundId;
        private @Nullable Wait wait;
        private String changes = StateFields.NONE;
        private @Nullable Instant deadline;
        private boolean deadlineCancelled;
        private long micros;
        private @Nullable String failure;

        private Step(EventMessage<?> event, Waiting saga, StateFields fields) {
            this.event = event;
            this.saga = saga;
            this.fields = fields;
            this.before = fields.of(saga);
            this.orderId = UUID.fromString(
                    EventSequence.OF_ORDER.getSequenceIdentifierFor(event).toString());
        }

        void succeeded() {
            wait = saga.waits();
            refundId = saga instanceof OrderRefundSaga refund ? refund.refundId() : null;
            changes = fields.changes(before, saga);
            micros = microsSinceBegun();
        }

        void failed(Throwable thrown) {
            failure = storable(thrown.toString());
            micros = microsSinceBegun();
        }

        /** Nothing of it was kept, whether it failed itself or because of another one. */
        private void abandon() {
            changes = StateFields.NONE;
            deadline = null;
            deadlineCancelled = false;
            if (failure == null) {
                failure = "undone, for a step of this order failed";
            }
        }

        private long microsSinceBegun() {
            return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
        }

        private @Nullable String commandsAsJson(Function<SentCommand, String> ending) {
            if (commands.isEmpty()) {
                return null;
            }
            JsonText json = new JsonText().open('[');
            commands.forEach(sent -> describe(sent, ending.apply(sent), json));
            return json.close(']').toString();
        }

        private static void describe(SentCommand sent, String ending, JsonText json) {
            CommandMessage<?> command = sent.message();
            json.open('{')
                    .name("command")
                    .value(command.getPayloadType().getSimpleName())
                    .name("to")
                    .value(CommandTarget.of(command.getPayload()))
                    .name("ended")
                    .value(ending)
                    .name("commandId")
                    .value(command.getIdentifier())
                    .close('}');
        }

        private @Nullable String metaData(String key) {
            MetaData metaData = event.getMetaData();
            Object value = metaData.get(key);
            return value == null ? null : value.toString();
        }

        /** The second part of a W3C trace context, which Axon sends along while tracing is on. */
        private @Nullable String traceId() {
            String parent = metaData(TRACE_PARENT);
            String[] parts = parent == null ? new String[0] : parent.split("-", -1);
            return parts.length > 1 ? parts[1] : null;
        }

        /** PostgreSQL stores no NUL in a text. */
        private static String storable(String text) {
            String storable = text.replace('\0', ' ');
            return storable.length() <= LONGEST_FAILURE ? storable : storable.substring(0, LONGEST_FAILURE);
        }
    }
}
