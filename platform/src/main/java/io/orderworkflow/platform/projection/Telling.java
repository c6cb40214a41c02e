package io.orderworkflow.platform.projection;

import io.orderworkflow.platform.projection.ProcessorTokens.Tokens;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells followers of the events that a generation had handled in silence when it came to be read. It is written down by
 * the switch, in its transaction, and done afterwards, batch by batch: a generation that was paused may be behind by
 * millions of events, and readers must not wait for them. An event may be told twice, as it may by processors.
 */
final class Telling {

    private final ProcessorTokens tokens;
    private final JdbcTemplate jdbc;
    private final TransactionManager transactions;
    private final Configuration axon;
    private final Serializer serializer;
    private final RebuildSettings settings;

    Telling(
            ProcessorTokens tokens,
            JdbcTemplate jdbc,
            TransactionManager transactions,
            Configuration axon,
            Serializer serializer,
            RebuildSettings settings) {
        this.tokens = tokens;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.axon = axon;
        this.serializer = serializer;
        this.settings = settings;
    }

    /** Events are to be told: those that the one token has not handled, and the other has. */
    void isDue(ProjectionGroup group, @Nullable TrackingToken from, @Nullable TrackingToken to) {
        if (to == null || (from != null && from.covers(to))) {
            return;
        }
        var token = from == null ? null : serializer.serialize(from, byte[].class);
        // What is still to be told of an earlier switch lies before all this.
        jdbc.update(
                """
                insert into projection_telling as known (processor, token, token_type, last) values (?, ?, ?, ?)
                on conflict (processor) do update set last = greatest(known.last, excluded.last)
                """,
                group.name(),
                token == null ? null : token.getData(),
                token == null ? null : token.getType().getName(),
                Tokens.positionOf(to));
    }

    /** The groups that have something to tell. */
    List<String> due() {
        return jdbc.queryForList("select processor from projection_telling", String.class);
    }

    /**
     * Tells the next events.
     *
     * @return whether there are more of them
     */
    boolean tellNext(ProjectionGroup group) {
        UnitOfWork<?> telling = new DefaultUnitOfWork<>(null);
        telling.attachTransaction(transactions);
        ResultMessage<Boolean> result = telling.executeWithResult(() -> tell(group));
        if (result.isExceptional()) {
            throw new IllegalStateException(
                    "events for followers of %s could not be told".formatted(group.name()), result.exceptionResult());
        }
        return result.getPayload();
    }

    private boolean tell(ProjectionGroup group) throws Exception {
        Due due = jdbc
                .query(
                        "select token, token_type, last from projection_telling where processor = ? for update",
                        (row, number) -> new Due(
                                tokens.token(row.getBytes("token"), row.getString("token_type")), row.getLong("last")),
                        group.name())
                .stream()
                .findFirst()
                .orElse(null);
        if (due == null) {
            return false;
        }
        TrackingToken told = tell(handlers(group), due);
        if (Tokens.positionOf(told) >= due.last()) {
            jdbc.update("delete from projection_telling where processor = ?", group.name());
            return false;
        }
        var token = serializer.serialize(told, byte[].class);
        jdbc.update(
                "update projection_telling set token = ?, token_type = ? where processor = ?",
                token.getData(),
                token.getType().getName(),
                group.name());
        return true;
    }

    private @Nullable TrackingToken tell(List<AnnotationEventHandlerAdapter> handlers, Due due) throws Exception {
        TrackingToken told = due.from();
        try (BlockingStream<TrackedEventMessage<?>> events = axon.eventStore().openStream(told)) {
            for (int number = 0; number < settings.batchSize() && Tokens.positionOf(told) < due.last(); number++) {
                if (!events.hasNextAvailable((int) settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("events up to %d did not come in time".formatted(due.last()));
                }
                TrackedEventMessage<?> event = events.nextAvailable();
                for (AnnotationEventHandlerAdapter handler : handlers) {
                    if (handler.canHandle(event)) {
                        handler.handle(event);
                    }
                }
                told = event.trackingToken();
            }
        }
        return told;
    }

    /** Not with the handlers' usual wrapping: these events are neither parked, nor handled one by one. */
    private List<AnnotationEventHandlerAdapter> handlers(ProjectionGroup group) {
        return group.projections().stream()
                .map(projection -> projection.apply(group.telling()))
                .map(projection -> new AnnotationEventHandlerAdapter(
                        projection,
                        axon.parameterResolverFactory(),
                        ClasspathHandlerDefinition.forClass(projection.getClass())))
                .toList();
    }

    private record Due(@Nullable TrackingToken from, long last) {}
}
