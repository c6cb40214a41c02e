package io.orderworkflow.platform.processing;

import io.orderworkflow.api.admin.ProcessorView;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What nodes tell of the processors that they have. */
final class NodeReports {

    /** After so long without a word a node is taken for ended, and after so much more it is forgotten. */
    static final Duration HEARD_OF_WITHIN = Duration.ofSeconds(20);

    private static final String TELL = """
            insert into processor_node (processor_name, node, running, threads, seen_at)
            select processor, ?, running, threads, ?
            from unnest(?::text[], ?::boolean[], ?::int[]) as told (processor, running, threads)
            on conflict (processor_name, node)
                do update set running = excluded.running, threads = excluded.threads, seen_at = excluded.seen_at
            """;
    private static final String FORGET = "delete from processor_node where node = ? or seen_at < ?";
    private static final String FIND = "select * from processor_node where seen_at >= ? order by processor_name, node";
    private static final String FAILS = """
            insert into processor_failure (processor_name, segment, node, message, since) values (?, ?, ?, ?, ?)
            on conflict (processor_name, segment)
                do update set node = excluded.node, message = excluded.message, since = excluded.since
            """;
    private static final String FAILS_NO_MORE =
            "delete from processor_failure where processor_name = ? and segment = ? and node = ?";
    private static final String FORGET_FAILURES = "delete from processor_failure where node = ?";
    private static final String FIND_FAILURES = "select * from processor_failure";

    private final JdbcTemplate jdbc;

    NodeReports(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells that this node is alive, and how its processors are. */
    void tell(String node, List<Report> reports, Instant now) {
        jdbc.update(
                TELL,
                node,
                Timestamp.from(now),
                reports.stream().map(Report::processor).toArray(String[]::new),
                reports.stream().map(Report::running).toArray(Boolean[]::new),
                reports.stream().map(Report::threads).toArray(Integer[]::new));
    }

    /** Takes back what this node told, and what nodes told that have been gone for long. */
    void forget(String node, Instant now) {
        jdbc.update(FORGET, node, Timestamp.from(now.minus(Duration.ofDays(1))));
        jdbc.update(FORGET_FAILURES, node);
    }

    void fails(String node, String processor, int segment, String message, Instant since) {
        jdbc.update(FAILS, processor, segment, node, message, Timestamp.from(since));
    }

    void failsNoMore(String node, String processor, int segment) {
        jdbc.update(FAILS_NO_MORE, processor, segment, node);
    }

    /** The nodes that are alive, by processor. */
    Map<String, List<ProcessorView.Node>> nodes(Instant now) {
        Map<String, List<ProcessorView.Node>> nodes = new TreeMap<>();
        jdbc.query(
                FIND,
                row -> {
                    nodes.computeIfAbsent(row.getString("processor_name"), processor -> new ArrayList<>())
                            .add(new ProcessorView.Node(
                                    row.getString("node"),
                                    row.getBoolean("running"),
                                    row.getInt("threads"),
                                    row.getTimestamp("seen_at").toInstant()));
                },
                Timestamp.from(now.minus(HEARD_OF_WITHIN)));
        return nodes;
    }

    Failures failures() {
        Map<String, ProcessorView.Failure> failures = new HashMap<>();
        jdbc.query(FIND_FAILURES, row -> {
            failures.put(
                    Failures.key(row.getString("processor_name"), row.getInt("segment")),
                    new ProcessorView.Failure(
                            row.getString("message"), row.getTimestamp("since").toInstant(), row.getString("node")));
        });
        return new Failures(failures);
    }

    /**
     * How a processor is on a node.
     *
     * @param processor its name
     * @param running whether it runs
     * @param threads how many segments are worked on at the same moment
     */
    record Report(String processor, boolean running, int threads) {}

    /** What segments fail with. */
    record Failures(Map<String, ProcessorView.Failure> bySegment) {

        private static String key(String processor, int segment) {
            return processor + "[" + segment + "]";
        }

        /** What a segment fails with, unless it is worked on by another node than the one that tells of it. */
        ProcessorView.@Nullable Failure of(String processor, int segment, @Nullable String owner) {
            ProcessorView.Failure failure = bySegment.get(key(processor, segment));
            return failure == null || (owner != null && !owner.equals(failure.node())) ? null : failure;
        }
    }
}
