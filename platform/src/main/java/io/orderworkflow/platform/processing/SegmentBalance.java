package io.orderworkflow.platform.processing;

import io.orderworkflow.platform.store.NodeSettings;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Spreads the segments of a processor over the nodes that run it. Whoever comes first claims all of them; of those who
 * come later each takes what others give up. The node that has the most gives up half of what it has more than the one
 * that has the fewest. Nobody is told to take anything: what nobody else claims comes back to where it was.
 */
final class SegmentBalance {

    private static final Logger log = LoggerFactory.getLogger(SegmentBalance.class);

    /** Who has the most comes first; the name decides between equals, so that only one of them gives up. */
    private static final String CLAIMS = """
            select processor_node.processor_name, node, count(segment) as claimed
            from processor_node
            left join token_entry on token_entry.processor_name = processor_node.processor_name and owner = node
            where running and seen_at >= ? and processor_node.processor_name = any (?)
            group by processor_node.processor_name, node
            order by claimed desc, node
            """;

    private final JdbcTemplate jdbc;
    private final String node;
    private final Clock clock;
    private final int millisToClaim;
    private final Map<String, Instant> underWay = new HashMap<>();

    SegmentBalance(JdbcTemplate jdbc, NodeSettings node, ProcessorSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.node = node.id();
        this.clock = clock;
        // Others look for segments once in the interval; whoever has just looked does so again.
        this.millisToClaim = (int) settings.tokenClaimInterval().multipliedBy(2).toMillis();
    }

    /** Gives up what others should have. */
    void level(Map<String, PausableProcessor> own) {
        Instant now = clock.instant();
        underWay.values().removeIf(until -> !now.isBefore(until));
        claims(own, now).forEach((processor, claims) -> {
            PausableProcessor mine = own.get(processor);
            if (mine != null && !underWay.containsKey(processor)) {
                int surplus = surplus(claims);
                if (surplus > 0) {
                    giveUp(mine, surplus);
                    // Until others have claimed it, it looks as if they were still short of it.
                    underWay.put(processor, now.plusMillis(2L * millisToClaim));
                }
            }
        });
    }

    private Map<String, List<Claims>> claims(Map<String, PausableProcessor> own, Instant now) {
        Map<String, List<Claims>> claims = new HashMap<>();
        jdbc.query(
                CLAIMS,
                row -> {
                    claims.computeIfAbsent(row.getString("processor_name"), name -> new ArrayList<>())
                            .add(new Claims(row.getString("node"), row.getInt("claimed")));
                },
                // A dead node's claims are free after that time, and it needs no share of them.
                Timestamp.from(now.minus(NodeSettings.CLAIM_TIMEOUT)),
                own.keySet().toArray(String[]::new));
        return claims;
    }

    private int surplus(List<Claims> claims) {
        Claims most = claims.get(0);
        OptionalInt fewest = claims.stream().mapToInt(Claims::claimed).min();
        return most.node().equals(node) && fewest.isPresent() ? (most.claimed() - fewest.getAsInt()) / 2 : 0;
    }

    private void giveUp(PausableProcessor processor, int surplus) {
        List<Integer> segments = processor.processingStatus().keySet().stream()
                .sorted(Comparator.reverseOrder())
                .limit(surplus)
                .toList();
        log.info("{} gives up the segments {}: another node has fewer", processor.getName(), segments);
        segments.forEach(segment -> processor.releaseSegment(segment, millisToClaim, TimeUnit.MILLISECONDS));
    }

    private record Claims(String node, int claimed) {}
}
