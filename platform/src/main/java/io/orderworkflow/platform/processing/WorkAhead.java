package io.orderworkflow.platform.processing;

import io.orderworkflow.platform.processing.ProcessorPositions.Position;
import io.orderworkflow.platform.store.NodeSettings;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** How many events processors have before them. Takes few statements, as it is asked for many times a second. */
final class WorkAhead {

    private static final String AT_WORK = """
            select processor_name, segment from token_entry t
            where processor_name = any (?) and owner is not null
                and exists (select from processor_node n
                    where n.processor_name = t.processor_name and n.running and n.seen_at >= ?)
                and not exists (select from processor_pause p where p.processor_name = t.processor_name)
                and not exists (select from processor_failure f
                    where f.processor_name = t.processor_name and f.segment = t.segment and f.node = t.owner)
            """;

    private final JdbcTemplate jdbc;
    private final ProcessorPositions positions;
    private final Clock clock;

    WorkAhead(JdbcTemplate jdbc, ProcessorPositions positions, Clock clock) {
        this.jdbc = jdbc;
        this.positions = positions;
        this.clock = clock;
    }

    /** Of the segment of these processors that is furthest behind of those that are at work; 0 if none is. */
    long of(List<String> processors) {
        Instant now = clock.instant();
        String[] names = processors.toArray(String[]::new);
        Set<Segment> atWork = atWork(names, now);
        // Positions before the head: what is handled in between must not look as if it were ahead.
        List<Position> reached = positions.of(names).stream()
                .filter(position -> atWork.contains(new Segment(position.processor(), position.segment())))
                .filter(position ->
                        !position.touchedAt().plus(NodeSettings.CLAIM_TIMEOUT).isBefore(now))
                .toList();
        long head = positions.head();
        return reached.stream()
                .mapToLong(position -> position.missed() + Math.max(0, head - position.reached()))
                .max()
                .orElse(0);
    }

    private Set<Segment> atWork(String[] processors, Instant now) {
        return new HashSet<>(jdbc.query(
                AT_WORK,
                (row, number) -> new Segment(row.getString(1), row.getInt(2)),
                processors,
                Timestamp.from(now.minus(NodeReports.HEARD_OF_WITHIN))));
    }

    private record Segment(String processor, int number) {}
}
