package io.orderworkflow.query;

import io.orderworkflow.api.Page;
import io.orderworkflow.api.eventstore.EventStatistics;
import io.orderworkflow.api.eventstore.FindEventStatistics;
import io.orderworkflow.api.eventstore.FindStoredEvents;
import io.orderworkflow.api.eventstore.StoredEvent;
import io.orderworkflow.api.eventstore.StoredEventPage;
import io.orderworkflow.platform.eventlog.EventBlocks;
import io.orderworkflow.platform.eventlog.EventBlocks.Block;
import io.orderworkflow.platform.eventlog.EventLog;
import io.orderworkflow.platform.eventlog.EventLog.Filter;
import io.orderworkflow.platform.eventlog.Summary;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Finds stored events, and counts them, without reading more than it tells: the blocks say where to look. */
final class EventStoreReader {

    /** So many events of one aggregate are counted, where its numbers do not tell. */
    private static final int COUNTED_OF_AGGREGATE = 10_000;

    /** So many that are in no block yet are counted. */
    private static final int COUNTED_BEHIND_BLOCKS = 50_000;

    private final EventLog log;
    private final EventBlocks blocks;

    EventStoreReader(EventLog log, EventBlocks blocks) {
        this.log = log;
        this.blocks = blocks;
    }

    @QueryHandler
    StoredEventPage handle(FindStoredEvents query) {
        // Times are stored to the millisecond.
        Filter filter = new Filter(query.type(), truncated(query.from()), truncated(query.to()));
        return query.aggregateId() == null
                ? new Search(query, filter).run()
                : ofAggregate(query, query.aggregateId(), filter);
    }

    private static @Nullable Instant truncated(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }

    private StoredEventPage ofAggregate(FindStoredEvents query, String aggregateId, Filter filter) {
        long skip = (long) query.page() * query.size();
        List<StoredEvent> items = log.readAggregate(aggregateId, filter, query.after(), skip, query.size());
        long total = log.countAggregate(aggregateId, filter, query.after(), COUNTED_OF_AGGREGATE);
        boolean cut = !filter.equals(Filter.ALL) && total >= COUNTED_OF_AGGREGATE;
        boolean more = items.size() == query.size() && (cut || skip + items.size() < total);
        return new StoredEventPage(
                items, Page.of(query.page(), query.size(), total), cut, more ? positionOfLast(items) : null);
    }

    private @Nullable Long positionOfLast(List<StoredEvent> events) {
        OptionalLong position = log.positionOf(events.get(events.size() - 1));
        return position.isPresent() ? position.getAsLong() : null;
    }

    @QueryHandler
    EventStatistics handle(FindEventStatistics query) {
        // First: a block that is closed meanwhile is counted twice by none of the two.
        long closedBefore = blocks.closedBefore();
        Map<Day, long[]> sums = new TreeMap<>(Comparator.comparing(Day::day).thenComparing(Day::type));
        blocks.days(closedBefore)
                .forEach(count -> add(sums, new Day(count.type(), count.day()), count.events(), count.bytes()));
        Summary rest = log.summary(closedBefore, Long.MAX_VALUE, COUNTED_BEHIND_BLOCKS);
        rest.counts().forEach(count -> add(sums, new Day(count.type(), count.day()), count.events(), count.bytes()));
        List<EventStatistics.Count> items = sums.entrySet().stream()
                .map(sum -> new EventStatistics.Count(
                        sum.getKey().type(), sum.getKey().day(), sum.getValue()[0], sum.getValue()[1]))
                .toList();
        return new EventStatistics(
                items.stream().mapToLong(EventStatistics.Count::events).sum(),
                items.stream().mapToLong(EventStatistics.Count::bytes).sum(),
                rest.before(),
                items);
    }

    private static void add(Map<Day, long[]> sums, Day day, long events, long bytes) {
        long[] sum = sums.computeIfAbsent(day, first -> new long[2]);
        sum[0] += events;
        sum[1] += bytes;
    }

    private record Day(String type, LocalDate day) {}

    /** One look for a page of events of all aggregates: block by block, and then behind the blocks. */
    private final class Search {

        private final Filter filter;
        private final FindStoredEvents query;
        private final long from;
        private final List<StoredEvent> items = new ArrayList<>();
        private long skip;
        private long total;
        private boolean lowerBound;
        private int readBlocks;
        private @Nullable Long stoppedBehind;

        Search(FindStoredEvents query, Filter filter) {
            this.query = query;
            this.filter = filter;
            this.from = query.after() == null ? 0 : query.after() + 1;
            this.skip = (long) query.page() * query.size();
        }

        StoredEventPage run() {
            long closedBefore = blocks.closedBefore();
            for (Block block : blocks.having(filter, from / EventBlocks.SIZE, closedBefore)) {
                lookInto(block);
            }
            lookBehindBlocks(Math.max(from, closedBefore));
            return new StoredEventPage(items, Page.of(query.page(), query.size(), total), lowerBound, next());
        }

        private void lookInto(Block block) {
            if (block.allMatch() && block.from() >= from) {
                readIfWanted(block, block.events());
                total += block.events();
            } else if (readBlocks < log.blocksPerRequest()) {
                readBlocks++;
                long first = Math.max(from, block.from());
                long events = log.count(filter, first, block.before());
                readIfWanted(block, events);
                total += events;
            } else {
                stopAt(block);
                lowerBound = true;
            }
        }

        private void readIfWanted(Block block, long events) {
            if (items.size() == query.size() || events == 0) {
                return;
            }
            if (skip >= events) {
                skip -= events;
            } else if (readBlocks < log.blocksPerRequest()) {
                readBlocks++;
                read(Math.max(from, block.from()), block.before());
            } else {
                stopAt(block);
            }
        }

        private void stopAt(Block block) {
            if (items.size() < query.size() && stoppedBehind == null) {
                stoppedBehind = block.from() - 1;
            }
        }

        private void lookBehindBlocks(long first) {
            long events = log.count(filter, first, Long.MAX_VALUE);
            if (stoppedBehind == null && items.size() < query.size() && skip < events) {
                read(first, Long.MAX_VALUE);
            }
            total += events;
        }

        private void read(long first, long before) {
            if (stoppedBehind == null) {
                items.addAll(log.read(filter, first, before, skip, query.size() - items.size()));
                skip = 0;
            }
        }

        private @Nullable Long next() {
            if (stoppedBehind != null) {
                return stoppedBehind;
            }
            long seen = (long) query.page() * query.size() + items.size();
            return items.size() == query.size() && (lowerBound || seen < total) ? positionOfLast(items) : null;
        }
    }
}
