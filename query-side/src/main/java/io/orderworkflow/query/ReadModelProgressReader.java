package io.orderworkflow.query;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.orderworkflow.api.FindReadModelProgress;
import io.orderworkflow.api.FindStoreHead;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelProgress;
import io.orderworkflow.api.StoreHead;
import io.orderworkflow.platform.processing.ProcessorPositions;
import io.orderworkflow.platform.processing.ProcessorPositions.Position;
import io.orderworkflow.platform.projection.EventSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.context.SmartLifecycle;

/**
 * Says how far a read model is, as soon as it has got where somebody waits for it. Looks at the tokens of its processor
 * only while somebody does: after every commit of this process, and every now and then for those of others. However many
 * wait, one look serves them all.
 *
 * <p>A processor stores its token with what it writes; of events that it has nothing to do with it does not tell for
 * seconds. So a position is reached as well if no event that concerns the read model is between.
 */
final class ReadModelProgressReader implements SmartLifecycle {

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(5);
    private static final Duration LONGEST_INTERVAL = Duration.ofMillis(50);

    private final ProcessorPositions positions;
    private final StorePositions store;
    private final Map<ReadModel, Followed> followed;
    private volatile boolean running;

    ReadModelProgressReader(ProcessorPositions positions, StorePositions store, Commits orders, Commits inventory) {
        this.positions = positions;
        this.store = store;
        this.followed = Map.of(
                ReadModel.ORDERS,
                new Followed(
                        OrderProjection.GROUP,
                        EventSequence.OF_ORDER,
                        orders,
                        OrderProjection.class,
                        PaymentProjection.class),
                ReadModel.INVENTORY,
                new Followed(InventoryProjection.GROUP, EventSequence.OF_SKU, inventory, InventoryProjection.class));
    }

    @QueryHandler
    StoreHead handle(FindStoreHead query) {
        return new StoreHead(store.head());
    }

    @QueryHandler
    CompletableFuture<ReadModelProgress> handle(FindReadModelProgress query) {
        return Objects.requireNonNull(followed.get(query.readModel())).await(query);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        followed.values().forEach(Followed::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The types of the events that projections handle, as they are stored. */
    static Set<String> eventTypes(Class<?>... projections) {
        return Stream.of(projections)
                .flatMap(projection -> Stream.of(projection.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(EventHandler.class))
                .flatMap(handler -> records(handler.getParameterTypes()[0]))
                .map(Class::getSimpleName)
                .collect(toUnmodifiableSet());
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ReadModelProgressReader::records)
                : Stream.of(type);
    }

    /** One read model, and who waits for it. */
    private final class Followed implements AutoCloseable {

        private final String processor;
        private final EventSequence sequence;
        private final Set<String> types;
        private final WakefulLoop loop;

        // Of the loop's thread.
        private final List<Waiting> waiting = new ArrayList<>();

        Followed(String processor, EventSequence sequence, Commits commits, Class<?>... projections) {
            this.processor = processor;
            this.sequence = sequence;
            this.types = eventTypes(projections);
            this.loop = new WakefulLoop("progress-of-" + processor, SHORTEST_INTERVAL, LONGEST_INTERVAL, this::look);
            commits.listen(loop::wake);
        }

        CompletableFuture<ReadModelProgress> await(FindReadModelProgress query) {
            Waiting one = new Waiting(
                    query.position(),
                    System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(query.patienceMillis()),
                    new CompletableFuture<>());
            loop.execute(() -> {
                waiting.add(one);
                loop.wake();
            });
            return one.answer;
        }

        private boolean look() {
            if (waiting.isEmpty()) {
                return false;
            }
            LongPredicate reached;
            try {
                reached = reached();
            } catch (RuntimeException failed) {
                waiting.forEach(one -> one.answer.completeExceptionally(failed));
                waiting.clear();
                return false;
            }
            long now = System.nanoTime();
            for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
                Waiting one = all.next();
                boolean there = reached.test(one.position);
                if (there || one.deadline - now <= 0 || one.answer.isDone()) {
                    all.remove();
                    one.answer.complete(new ReadModelProgress(there));
                }
            }
            return !waiting.isEmpty();
        }

        /** Which of the positions that are waited for are reached. */
        private LongPredicate reached() {
            long furthest =
                    waiting.stream().mapToLong(one -> one.position).max().orElse(-1);
            List<Position> segments = positions.of(processor);
            if (segments.isEmpty()) {
                return position -> false;
            }
            long passed = segments.stream().mapToLong(Position::passed).min().orElse(-1);
            if (furthest <= passed) {
                return position -> true;
            }
            // The head first: an event that is stored after it was read is at a position that is not there yet.
            long there = Math.max(passed, store.head());
            OptionalLong missing = store.first(types, passed, furthest);
            if (missing.isPresent() && segments.size() > 1) {
                missing = firstUnhandled(segments, missing.getAsLong(), furthest);
            }
            OptionalLong first = missing;
            return position -> position <= there && (first.isEmpty() || position < first.getAsLong());
        }

        /** What one segment has not told yet may be of another one, which has handled it. */
        private OptionalLong firstUnhandled(List<Position> segments, long from, long until) {
            int[] ids = segments.stream().mapToInt(Position::segment).toArray();
            return store.first(
                    event -> types.contains(event.getPayloadType().getSimpleName())
                            && segments.stream()
                                    .filter(segment -> Segment.computeSegment(segment.segment(), ids)
                                            .matches(Objects.hashCode(sequence.getSequenceIdentifierFor(event))))
                                    .anyMatch(segment -> segment.passed() < StorePositions.positionOf(event)),
                    from - 1,
                    until);
        }

        @Override
        public void close() {
            loop.execute(() -> {
                waiting.forEach(one -> one.answer.complete(new ReadModelProgress(false)));
                waiting.clear();
            });
            loop.close();
        }
    }

    /**
     * Somebody who waits.
     *
     * @param position for what
     * @param deadline until when, in nanoseconds of this machine
     * @param answer to be told
     */
    private record Waiting(long position, long deadline, CompletableFuture<ReadModelProgress> answer) {}
}
