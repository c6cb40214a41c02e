package io.orderworkflow.platform.processing;

import static java.util.stream.Collectors.groupingBy;

import io.orderworkflow.api.admin.ProcessorView;
import io.orderworkflow.platform.processing.ProcessorPositions.Position;
import io.orderworkflow.platform.store.NodeSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;

/** How all processors stand, on whichever node they run. Everything is read from the database. */
final class ProcessorStatus {

    private final ProcessorPositions positions;
    private final Backlog backlog;
    private final ProcessorPauses pauses;
    private final NodeReports reports;
    private final Clock clock;

    ProcessorStatus(
            ProcessorPositions positions, Backlog backlog, ProcessorPauses pauses, NodeReports reports, Clock clock) {
        this.positions = positions;
        this.backlog = backlog;
        this.pauses = pauses;
        this.reports = reports;
        this.clock = clock;
    }

    /** All that have ever run, or are on a node that is alive, by name. */
    List<ProcessorView> all() {
        return those(positions.all(), name -> true);
    }

    /** This one, if it has ever run, or is on a node that is alive. */
    List<ProcessorView> of(String processor) {
        return those(positions.of(processor), processor::equals);
    }

    /** Of positions that were read before the head: what is handled in between must not look as if it were ahead. */
    private List<ProcessorView> those(List<Position> found, Predicate<String> isAskedFor) {
        Instant now = clock.instant();
        Map<String, List<Position>> segments = found.stream().collect(groupingBy(Position::processor));
        long head = positions.head();
        Map<String, List<ProcessorView.Node>> nodes = reports.nodes(now);
        Map<String, ProcessorView.Pause> paused = pauses.all();
        NodeReports.Failures failures = reports.failures();
        Ages ages = new Ages(now);
        TreeSet<String> names = new TreeSet<>(segments.keySet());
        names.addAll(nodes.keySet());
        return names.stream()
                .filter(isAskedFor)
                .map(name -> {
                    List<Position> own = segments.getOrDefault(name, List.of());
                    int[] ids = own.stream().mapToInt(Position::segment).toArray();
                    List<ProcessorView.Node> on = nodes.getOrDefault(name, List.of());
                    return new ProcessorView(
                            name,
                            ProcessorView.Mode.POOLED,
                            on.stream().anyMatch(ProcessorView.Node::running),
                            paused.get(name),
                            own.stream()
                                    .map(segment -> segment(segment, ids, head, ages, failures))
                                    .toList(),
                            on);
                })
                .toList();
    }

    /** Whether it has ever run, or is on a node that is alive. */
    boolean isKnown(String processor) {
        return positions.all().stream().anyMatch(at -> at.processor().equals(processor))
                || reports.nodes(clock.instant()).containsKey(processor);
    }

    private ProcessorView.Segment segment(Position at, int[] all, long head, Ages ages, NodeReports.Failures failures) {
        long lag = at.missed() + backlog.eventsAfter(at.reached(), head);
        @Nullable String owner = ages.isExpired(at) ? null : at.owner();
        return new ProcessorView.Segment(
                at.segment(),
                Segment.computeSegment(at.segment(), all).getMask() + 1,
                at.passed(),
                lag,
                lag == 0 ? 0 : ages.ofFirstAfter(at.passed()),
                lag == 0,
                at.replaying(),
                owner,
                owner == null ? at.touchedAt() : null,
                failures.of(at.processor(), at.segment(), owner));
    }

    /** How old things are. Segments are mostly at the same position: each is asked for once. */
    private final class Ages {

        private final Instant now;
        private final Map<Long, Double> byPosition = new HashMap<>();

        Ages(Instant now) {
            this.now = now;
        }

        /** Nobody shows that the claim is alive: its node has ended. */
        boolean isExpired(Position at) {
            return at.owner() == null
                    || at.touchedAt().plus(NodeSettings.CLAIM_TIMEOUT).isBefore(now);
        }

        double ofFirstAfter(long position) {
            return byPosition.computeIfAbsent(
                    position,
                    at -> backlog.firstAfter(at)
                            .map(recorded ->
                                    Math.max(0, Duration.between(recorded, now).toMillis()) / 1000.0)
                            .orElse(0.0));
        }
    }
}
