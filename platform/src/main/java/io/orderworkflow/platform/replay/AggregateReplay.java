package io.orderworkflow.platform.replay;

import io.orderworkflow.api.eventstore.ReplayAggregate;
import io.orderworkflow.api.eventstore.ReplayedAggregate;
import io.orderworkflow.api.eventstore.StoredEvent;
import io.orderworkflow.platform.messaging.MessageJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes aggregates of one type anew, from their events up to a moment: by their own handlers, without a cache, and from
 * the first event on, as a snapshot may be of later.
 *
 * @param <T> the type of the aggregates
 */
final class AggregateReplay<T> implements MessageHandler<QueryMessage<?, ReplayedAggregate>> {

    private final AggregateFactory<T> factory;
    private final AggregateModel<T> model;
    private final EventStore events;
    private final Serializer serializer;

    AggregateReplay(
            AggregateConfiguration<T> aggregates, AggregateModel<T> model, EventStore events, Serializer serializer) {
        this.factory = aggregates.aggregateFactory();
        this.model = model;
        this.events = events;
        this.serializer = serializer;
    }

    @Override
    @SuppressWarnings("NullAway") // No answer is null to Axon.
    public @Nullable ReplayedAggregate handle(QueryMessage<?, ReplayedAggregate> message) {
        return replay((ReplayAggregate) message.getPayload());
    }

    private @Nullable ReplayedAggregate replay(ReplayAggregate query) {
        Told told = new Told(query);
        DomainEventStream all = events.readEvents(query.aggregateId(), 0);
        if (!all.hasNext()
                || !all.peek().getType().equals(query.aggregateType().logicalName())
                || !told.wants(all.peek())) {
            return null;
        }
        EventSourcedAggregate<T> aggregate = EventSourcedAggregate.initialize(
                factory.createAggregateRoot(query.aggregateId(), all.peek()),
                model,
                events,
                null,
                NoSnapshotTriggerDefinition.TRIGGER);
        Stream<? extends DomainEventMessage<?>> wanted =
                all.asStream().takeWhile(told::wants).peek(told::tell);
        aggregate.initializeState(DomainEventStream.of(wanted));
        DomainEventMessage<?> last = Objects.requireNonNull(told.last, "there is a first event");
        return new ReplayedAggregate(
                query.aggregateType().logicalName(),
                query.aggregateId(),
                last.getTimestamp(),
                last.getSequenceNumber(),
                aggregate.invoke(this::json),
                told.events,
                told.more);
    }

    private Map<String, Object> json(Object value) {
        return MessageJson.asMap(serializer.serialize(value, byte[].class).getData());
    }

    /** What is to be told of the events on the way. */
    private final class Told {

        private final ReplayAggregate query;
        private final List<StoredEvent> events = new ArrayList<>();
        private boolean more;
        private @Nullable DomainEventMessage<?> last;

        Told(ReplayAggregate query) {
            this.query = query;
        }

        boolean wants(DomainEventMessage<?> event) {
            return isNotAfter(event.getTimestamp(), query.at())
                    && (query.atSequence() == null || event.getSequenceNumber() <= query.atSequence());
        }

        private static boolean isNotAfter(Instant at, @Nullable Instant limit) {
            return limit == null || !at.isAfter(limit);
        }

        void tell(DomainEventMessage<?> event) {
            last = event;
            if (query.fromDate() == null || !event.getTimestamp().isBefore(query.fromDate())) {
                if (events.size() < ReplayedAggregate.MAX_EVENTS) {
                    events.add(stored(event));
                } else {
                    more = true;
                }
            }
        }

        private StoredEvent stored(DomainEventMessage<?> event) {
            MetaData metaData = event.getMetaData();
            SerializedType type = serializer.typeForClass(event.getPayloadType());
            return new StoredEvent(
                    null,
                    event.getTimestamp(),
                    type.getName(),
                    type.getRevision(),
                    event.getType(),
                    event.getAggregateIdentifier(),
                    event.getSequenceNumber(),
                    text(metaData.get("correlationId")),
                    text(metaData.get("causationId")),
                    json(event.getPayload()),
                    new LinkedHashMap<>(metaData));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
