package io.orderworkflow.platform.projection;

import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.RebuildView.Difference;
import io.orderworkflow.api.admin.RebuildView.State;
import io.orderworkflow.platform.projection.ProcessorTokens.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings each rebuild forward, from one state to the next: on one node of all at a time. */
final class RebuildLead {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildLead.class);

    /** No statement may take longer: the connection would be given up. */
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(50);

    private static final String TRY_LEAD = "select pg_try_advisory_xact_lock(hashtext('order-workflow.rebuild.' || ?))";
    private static final String MISSING_INDEXES = "select statement from missing_indexes(?, ?)";
    private static final String TABLES = """
            select format('%I.%I', nspname, relname) from pg_class join pg_namespace on pg_namespace.oid = relnamespace
            where nspname = ? and relkind = 'r'
            """;

    private final List<ProjectionGroup> groups;
    private final NodeGenerations node;
    private final EventStore events;
    private final ProcessorTokens tokens;
    private final RebuildTable rebuilds;
    private final GenerationSwitch generations;
    private final Telling telling;
    private final ProjectionRebuilds all;
    private final Differences differences;
    private final JdbcTemplate jdbc;
    private final RebuildSettings settings;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate outside;

    RebuildLead(
            List<ProjectionGroup> groups,
            NodeGenerations node,
            EventStore events,
            ProcessorTokens tokens,
            RebuildTable rebuilds,
            GenerationSwitch generations,
            Telling telling,
            ProjectionRebuilds all,
            JdbcTemplate jdbc,
            RebuildSettings settings,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.groups = groups;
        this.node = node;
        this.events = events;
        this.tokens = tokens;
        this.rebuilds = rebuilds;
        this.generations = generations;
        this.telling = telling;
        this.all = all;
        this.differences = new Differences(jdbc, transactions, STATEMENT_LIMIT);
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.outside = new TransactionTemplate(transactions);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
    }

    private long left(ProjectionGroup group) {
        return head() - tokens.of(group.next().processor()).position();
    }

    private long head() {
        return Tokens.positionOf(events.createHeadToken());
    }

    /** Brings the rebuilds forward that no other node is just looking at. */
    void lead() {
        Set<String> waiting = new HashSet<>(telling.due());
        rebuilds.all().forEach(rebuild -> waiting.add(rebuild.processor()));
        groups.stream().filter(group -> waiting.contains(group.name())).forEach(this::lead);
    }

    private void lead(ProjectionGroup group) {
        transaction.executeWithoutResult(leading -> {
            if (Boolean.TRUE.equals(jdbc.queryForObject(TRY_LEAD, Boolean.class, group.name()))) {
                // What is done meanwhile is done by other connections, and may take its time.
                jdbc.execute("set local idle_in_transaction_session_timeout = 0");
                outside.executeWithoutResult(apart -> tell(group));
                rebuilds.find(group.name()).ifPresent(rebuild -> bringForward(group, rebuild));
            }
        });
    }

    /** Tells followers what they missed, for a while: other groups want to be looked after as well. */
    private void tell(ProjectionGroup group) {
        long until = System.nanoTime() + settings.patience().toNanos();
        while (telling.tellNext(group)
                && System.nanoTime() < until
                && !Thread.currentThread().isInterrupted()) {
            LOG.debug("more is to be told of {}", group.name());
        }
    }

    private void bringForward(ProjectionGroup group, Rebuild rebuild) {
        // In a transaction of its own: to look at a table locks it against being dropped.
        if (Boolean.FALSE.equals(transaction.execute(looking -> GenerationShape.isSame(jdbc, group)))) {
            all.beginAnew(group);
            return;
        }
        sample(group, rebuild);
        if (rebuild.state() == State.FILLING) {
            if (left(group) > settings.lag()) {
                return;
            }
            if (!rebuild.indexed()) {
                index(group);
            }
            if (left(group) > settings.lag()) {
                return;
            }
            compare(group);
        }
        if (rebuilds.find(group.name())
                .map(Rebuild::view)
                .filter(RebuildView::switching)
                .isPresent()) {
            makeMissingIndexes(group);
            // It commits by itself, before the processors go on.
            outside.executeWithoutResult(apart -> switchGenerations(group));
        }
    }

    private void sample(ProjectionGroup group, Rebuild rebuild) {
        Instant now = clock.instant();
        long position = tokens.of(group.next().processor()).position();
        alone(() -> rebuilds.sample(group.name(), now, position, head(), rate(rebuild, now, position)));
    }

    /** Evened out over some seconds. */
    private static @Nullable Double rate(Rebuild rebuild, Instant now, long position) {
        Instant before = rebuild.sampledAt();
        if (before == null || !before.isBefore(now)) {
            return rebuild.view().eventsPerSecond();
        }
        double rate = (position - rebuild.view().position())
                / (Duration.between(before, now).toMillis() / 1000.0);
        Double known = rebuild.view().eventsPerSecond();
        return known == null ? rate : 0.7 * known + 0.3 * rate;
    }

    private void index(ProjectionGroup group) {
        makeMissingIndexes(group);
        String next = group.next().schema();
        jdbc.queryForList(TABLES, String.class, next).forEach(table -> alone(() -> jdbc.execute("analyze " + table)));
        alone(() -> rebuilds.indexed(group.name(), clock.instant()));
    }

    /** What only reading needs, one index a transaction: the processor waits for each. */
    private void makeMissingIndexes(ProjectionGroup group) {
        jdbc.queryForList(
                        MISSING_INDEXES,
                        String.class,
                        group.live().schema(),
                        group.next().schema())
                .forEach(index -> alone(() -> jdbc.execute(index)));
    }

    private void compare(ProjectionGroup group) {
        try {
            List<Difference> found = differences.of(group.live(), group.next(), () -> havePassed(group, head()));
            alone(() -> rebuilds.ready(group.name(), clock.instant(), found));
            LOG.info("the new read models of {} are ready: {}", group.name(), found);
        } catch (DataAccessException failed) {
            LOG.warn("the generations of {} could not be compared", group.name(), failed);
            alone(() -> rebuilds.readyUncompared(
                    group.name(), clock.instant(), "the generations could not be compared: " + failed.getMessage()));
        }
    }

    private boolean havePassed(ProjectionGroup group, long position) {
        long until = System.nanoTime() + settings.patience().multipliedBy(5).toNanos();
        while (Math.min(
                        tokens.of(group.live().processor()).position(),
                        tokens.of(group.next().processor()).position())
                < position) {
            if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return true;
    }

    /** This node's processor of what is read stands still meanwhile: so it need not begin anew with an error. */
    private void switchGenerations(ProjectionGroup group) {
        PooledStreamingEventProcessor live = node.processor(group.live());
        boolean wasRunning = live.isRunning();
        if (wasRunning) {
            live.shutDown();
        }
        try {
            if (generations.run(group)) {
                rebuilds.find(group.name()).ifPresent(node::know);
                LOG.info("the generations of {} have changed places", group.name());
            }
        } catch (RuntimeException failed) {
            LOG.warn("the generations of {} could not change places; it is tried again", group.name(), failed);
            alone(() -> rebuilds.failed(group.name(), String.valueOf(failed.getMessage())));
        } finally {
            if (wasRunning) {
                live.start();
            }
            node.restart(group.next());
        }
    }

    private void alone(Runnable step) {
        transaction.executeWithoutResult(running -> step.run());
    }
}
