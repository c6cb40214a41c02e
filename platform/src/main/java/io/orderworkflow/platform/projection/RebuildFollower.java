package io.orderworkflow.platform.projection;

import io.orderworkflow.api.admin.RebuildView.State;
import io.orderworkflow.platform.projection.NodeGenerations.Known;
import io.orderworkflow.platform.projection.ProcessorTokens.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Has this node's processors do what there is to be done for the rebuilds, whichever node they were asked of. */
final class RebuildFollower {

    private static final String SPREAD = """
            insert into token_entry (processor_name, segment, token, token_type, timestamp)
            select ?, live.segment, filled.token, filled.token_type, filled.timestamp
            from token_entry as filled, token_entry as live
            where filled.processor_name = ? and filled.segment = 0 and filled.owner is null
                and live.processor_name = ? and live.segment <> 0
            """;

    private final List<ProjectionGroup> groups;
    private final NodeGenerations node;
    private final EventStore events;
    private final ProcessorTokens tokens;
    private final RebuildTable rebuilds;
    private final Function<ProjectionGroup, Filler> fillers;
    private final JdbcTemplate jdbc;
    private final RebuildSettings settings;
    private final TransactionTemplate transaction;
    private final Map<String, Filling> filling = new HashMap<>();

    /**
     * Creates the follower.
     *
     * @param transaction one of its own for each step
     */
    RebuildFollower(
            List<ProjectionGroup> groups,
            NodeGenerations node,
            EventStore events,
            ProcessorTokens tokens,
            RebuildTable rebuilds,
            Function<ProjectionGroup, Filler> fillers,
            JdbcTemplate jdbc,
            RebuildSettings settings,
            TransactionTemplate transaction) {
        this.groups = groups;
        this.node = node;
        this.events = events;
        this.tokens = tokens;
        this.rebuilds = rebuilds;
        this.fillers = fillers;
        this.jdbc = jdbc;
        this.settings = settings;
        this.transaction = transaction;
    }

    void follow() {
        List<Rebuild> all = rebuilds.all();
        for (ProjectionGroup group : groups) {
            Optional<Rebuild> rebuild = all.stream()
                    .filter(known -> known.processor().equals(group.name()))
                    .findFirst();
            if (rebuild.isPresent()) {
                follow(group, rebuild.get());
            } else {
                stopFilling(group);
                node.stop(group.next());
            }
        }
    }

    private void follow(ProjectionGroup group, Rebuild rebuild) {
        Known before = node.known(group.name());
        Known now = Known.of(rebuild);
        if (before != null && before.isBegunAnewIn(now)) {
            stopFilling(group);
            node.stop(group.next());
        } else if (before != null && before.isSwitchedIn(now)) {
            // Done by another node: what the processors here hold is not theirs any more.
            node.restart(group.live());
            node.restart(group.next());
        }
        node.know(rebuild);
        Tokens filled = tokens.of(group.next().processor());
        if (node.processor(group.next()).isRunning() || filled.segments().isEmpty()) {
            return;
        }
        if (rebuild.state() == State.FILLING
                && filled.segments().size() == 1
                && Tokens.positionOf(events.createHeadToken()) - filled.position() > settings.lag()) {
            fill(group);
        } else if (!isFilling(group)) {
            transaction.executeWithoutResult(spreading -> spread(group));
            node.start(group.next());
        }
    }

    private synchronized void fill(ProjectionGroup group) {
        if (!isFilling(group)) {
            filling.put(group.name(), Filling.begun(fillers.apply(group)));
        }
    }

    private synchronized boolean isFilling(ProjectionGroup group) {
        Filling current = filling.get(group.name());
        return current != null && !current.isOver();
    }

    private synchronized void stopFilling(ProjectionGroup group) {
        Optional.ofNullable(filling.remove(group.name())).ifPresent(Filling::stop);
    }

    /** Gives the next generation the segments that the live one has, all of them as far as its only one. */
    private void spread(ProjectionGroup group) {
        Generation next = group.next();
        if (tokens.locked(next.processor()).segments().size() == 1) {
            jdbc.update(SPREAD, next.processor(), next.processor(), group.live().processor());
        }
    }

    /** The program ends. */
    synchronized void end() {
        filling.values().forEach(Filling::stop);
        filling.clear();
    }
}
