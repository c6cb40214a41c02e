package io.orderworkflow.platform.eventlog;

import io.axoniq.axonserver.connector.event.AggregateEventStream;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.orderworkflow.api.eventstore.StoredEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The events in Axon Server. It has no index but that of the aggregates: everything else is read through in its stream.
 * Its positions are taken as events are committed, so none appears late.
 */
final class AxonServerEventLog implements EventLog {

    private static final int BLOCKS_PER_REQUEST = 32;
    private static final int READ_AHEAD = 1_000;
    private static final long PATIENCE_SECONDS = 10;

    private final AxonServerConnectionManager connections;

    AxonServerEventLog(AxonServerConnectionManager connections) {
        this.connections = connections;
    }

    private EventChannel events() {
        return connections.getConnection().eventChannel();
    }

    @Override
    public long settled() {
        Long last = wait(events().getLastToken());
        return last == null ? 0 : last + 1;
    }

    @Override
    public Summary summary(long from, long before, int limit) {
        Map<Kind, Tally> tallies = new LinkedHashMap<>();
        long end = Math.min(Math.min(before, settled()), from + limit);
        long next = forEach(from, end, event -> {
            Instant at = Instant.ofEpochMilli(event.getEvent().getTimestamp());
            tallies.computeIfAbsent(kind(event.getEvent(), at), kind -> new Tally())
                    .add(size(event.getEvent()), at);
            return true;
        });
        return new Summary(
                tallies.entrySet().stream()
                        .map(counted -> counted.getValue().count(counted.getKey()))
                        .toList(),
                next);
    }

    private static Kind kind(Event event, Instant at) {
        return new Kind(
                event.getPayload().getType(),
                event.getPayload().getRevision(),
                LocalDate.ofInstant(at, ZoneOffset.UTC));
    }

    private static long size(Event event) {
        return event.getPayload().getData().size()
                + event.getMetaDataMap().entrySet().stream()
                        .mapToLong(entry ->
                                entry.getKey().length() + entry.getValue().getSerializedSize())
                        .sum();
    }

    @Override
    public List<StoredEvent> read(Filter filter, long from, long before, long skip, int limit) {
        List<StoredEvent> found = new ArrayList<>();
        long[] left = {skip};
        long unusedNext = forEach(from, Math.min(before, settled()), event -> {
            if (matches(filter, event.getEvent()) && left[0]-- <= 0) {
                found.add(stored(event.getToken(), event.getEvent()));
            }
            return found.size() < limit;
        });
        return found;
    }

    @Override
    public long count(Filter filter, long from, long before) {
        long[] count = {0};
        long unusedNext = forEach(from, Math.min(before, settled()), event -> {
            if (matches(filter, event.getEvent())) {
                count[0]++;
            }
            return true;
        });
        return count[0];
    }

    private static boolean matches(Filter filter, Event event) {
        return filter.matches(event.getPayload().getType(), Instant.ofEpochMilli(event.getTimestamp()));
    }

    /** Goes through the events from one position on and before another; returns the position behind the last. */
    private long forEach(long from, long before, Predicate<EventWithToken> goesOn) {
        if (from >= before) {
            return from;
        }
        // A stream begins behind the position that it is given.
        try (EventStream stream = events().openStream(from - 1, (int) Math.min(READ_AHEAD, before - from))) {
            long next = from;
            while (next < before) {
                EventWithToken event = stream.nextIfAvailable(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (event == null) {
                    throw new EventStoreException("Axon Server did not send the event at position " + next);
                }
                if (event.getToken() >= before) {
                    return before;
                }
                next = event.getToken() + 1;
                if (!goesOn.test(event)) {
                    return next;
                }
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("interrupted while reading events", e);
        }
    }

    @Override
    public int blocksPerRequest() {
        return BLOCKS_PER_REQUEST;
    }

    @Override
    public OptionalLong lastSequence(String aggregateId) {
        Long last = wait(events().findHighestSequence(aggregateId));
        return last == null || last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
    }

    @Override
    public List<StoredEvent> readAggregate(
            String aggregateId, Filter filter, @Nullable Long after, long skip, int limit) {
        long first = firstSequence(aggregateId, after);
        // Without a filter the numbers count the events: nothing need be read to be left out.
        boolean counted = filter.equals(Filter.ALL);
        List<StoredEvent> found = new ArrayList<>();
        long from = counted ? first + skip : first;
        if (from > lastSequence(aggregateId).orElse(-1)) {
            return found;
        }
        long left = counted ? 0 : skip;
        AggregateEventStream stream = events().openAggregateStream(aggregateId, from);
        try {
            while (found.size() < limit && stream.hasNext()) {
                Event event = stream.next();
                if (matches(filter, event) && left-- <= 0) {
                    found.add(stored(null, event));
                }
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("interrupted while reading events", e);
        } finally {
            stream.cancel();
        }
    }

    @Override
    public long countAggregate(String aggregateId, Filter filter, @Nullable Long after, int limit) {
        return filter.equals(Filter.ALL)
                ? Math.max(0, lastSequence(aggregateId).orElse(-1) + 1 - firstSequence(aggregateId, after))
                : readAggregate(aggregateId, filter, after, 0, limit).size();
    }

    private long firstSequence(String aggregateId, @Nullable Long after) {
        return after == null
                ? 0
                : positions()
                        .firstSequenceBehind(
                                after,
                                aggregateId,
                                lastSequence(aggregateId).orElse(-1) + 1,
                                sequence -> timestamp(aggregateId, sequence));
    }

    private long timestamp(String aggregateId, long sequence) {
        return readAggregate(aggregateId, Filter.ALL, null, sequence, 1)
                .get(0)
                .at()
                .toEpochMilli();
    }

    @Override
    public OptionalLong positionOf(StoredEvent event) {
        Long known = event.position();
        return known != null
                ? OptionalLong.of(known)
                : positions()
                        .of(event.aggregateId(), event.sequence(), event.at().toEpochMilli());
    }

    private AxonServerPositions positions() {
        return new AxonServerPositions(events(), settled());
    }

    private static StoredEvent stored(@Nullable Long position, Event event) {
        Map<String, Object> metaData = new LinkedHashMap<>();
        event.getMetaDataMap().forEach((key, value) -> metaData.put(key, plain(value)));
        return new StoredEvent(
                position,
                Instant.ofEpochMilli(event.getTimestamp()),
                event.getPayload().getType(),
                orNull(event.getPayload().getRevision()),
                orNull(event.getAggregateType()),
                event.getAggregateIdentifier(),
                event.getAggregateSequenceNumber(),
                StoredJson.text(metaData, "correlationId"),
                StoredJson.text(metaData, "causationId"),
                StoredJson.read(event.getPayload().getData().toByteArray()),
                metaData);
    }

    private static Object plain(MetaDataValue value) {
        return switch (value.getDataCase()) {
            case NUMBER_VALUE -> value.getNumberValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOLEAN_VALUE -> value.getBooleanValue();
            default -> value.getTextValue();
        };
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static <T> @Nullable T wait(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("interrupted while asking Axon Server", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new EventStoreException("Axon Server does not answer", e);
        }
    }

    private record Kind(String type, String revision, LocalDate day) {}

    private static final class Tally {

        private long events;
        private long bytes;
        private Instant firstAt = Instant.MAX;
        private Instant lastAt = Instant.MIN;

        void add(long size, Instant at) {
            events++;
            bytes += size;
            firstAt = at.isBefore(firstAt) ? at : firstAt;
            lastAt = at.isAfter(lastAt) ? at : lastAt;
        }

        Summary.Count count(Kind kind) {
            return new Summary.Count(kind.type(), kind.revision(), kind.day(), events, bytes, firstAt, lastAt);
        }
    }
}
