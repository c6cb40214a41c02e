package io.orderworkflow.platform.projection;

import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.RebuildView.Difference;
import io.orderworkflow.api.admin.RebuildView.State;
import io.orderworkflow.platform.projection.ProcessorTokens.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks after rebuilds: this node's processors do what there is to be done, and one node of all brings each rebuild
 * forward, from one state to the next.
 */
final class RebuildWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildWatch.class);

    /** No statement may take longer: the connection would be given up. */
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(50);

    private static final String TRY_LEAD = "select pg_try_advisory_xact_lock(hashtext('order-workflow.rebuild.' || ?))";
    private static final String MISSING_INDEXES = "select statement from missing_indexes(?, ?)";
    private static final String SPREAD = """
            insert into token_entry (processor_name, segment, token, token_type, timestamp)
            select ?, live.segment, filled.token, filled.token_type, filled.timestamp
            from token_entry as filled, token_entry as live
            where filled.processor_name = ? and filled.segment = 0 and filled.owner is null
                and live.processor_name = ? and live.segment <> 0
            """;
    private static final String TABLES = """
            select format('%I.%I', nspname, relname) from pg_class join pg_namespace on pg_namespace.oid = relnamespace
            where nspname = ? and relkind = 'r'
            """;

    private final List<ProjectionGroup> groups;
    private final EventProcessingConfiguration processing;
    private final EventStore events;
    private final ProcessorTokens tokens;
    private final RebuildTable rebuilds;
    private final GenerationSwitch generations;
    private final Telling telling;
    private final Differences differences;
    private final Function<ProjectionGroup, Filler> fillers;
    private final JdbcTemplate jdbc;
    private final RebuildSettings settings;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate outside;
    private final Map<String, Filling> filling = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private @Nullable ScheduledExecutorService watch;
    private @Nullable ScheduledExecutorService lead;

    RebuildWatch(
            List<ProjectionGroup> groups,
            EventProcessingConfiguration processing,
            EventStore events,
            ProcessorTokens tokens,
            RebuildTable rebuilds,
            GenerationSwitch generations,
            Telling telling,
            Function<ProjectionGroup, Filler> fillers,
            JdbcTemplate jdbc,
            RebuildSettings settings,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.groups = groups;
        this.processing = processing;
        this.events = events;
        this.tokens = tokens;
        this.rebuilds = rebuilds;
        this.generations = generations;
        this.telling = telling;
        this.differences = new Differences(jdbc, transactions, STATEMENT_LIMIT);
        this.fillers = fillers;
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.outside = new TransactionTemplate(transactions);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
    }

    @Override
    public void start() {
        watch = every(settings.interval(), "rebuild-watch", this::follow);
        lead = every(settings.interval(), "rebuild-lead", this::lead);
    }

    private static ScheduledExecutorService every(Duration interval, String name, Runnable look) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
        var unused = executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        look.run();
                    } catch (RuntimeException e) {
                        LOG.warn("rebuilds could not be looked after; they are again in {}", interval, e);
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
        return executor;
    }

    @Override
    public void stop() {
        for (ScheduledExecutorService executor : new ScheduledExecutorService[] {watch, lead}) {
            if (executor != null) {
                executor.shutdownNow();
            }
        }
        watch = null;
        lead = null;
        synchronized (filling) {
            filling.values().forEach(Filling::stop);
            filling.clear();
        }
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }

    /** Has this node's processors do what there is to be done. */
    private void follow() {
        List<Rebuild> all = rebuilds.all();
        for (ProjectionGroup group : groups) {
            Optional<Rebuild> rebuild = all.stream()
                    .filter(known -> known.processor().equals(group.name()))
                    .findFirst();
            if (rebuild.isPresent()) {
                follow(group, rebuild.get());
            } else {
                synchronized (filling) {
                    Optional.ofNullable(filling.remove(group.name())).ifPresent(Filling::stop);
                }
                stop(group.next());
            }
        }
    }

    private void follow(ProjectionGroup group, Rebuild rebuild) {
        Integer switches;
        synchronized (seen) {
            switches = seen.put(group.name(), rebuild.switches());
        }
        if (switches != null && switches < rebuild.switches()) {
            // Done by another node: what the processors here hold is not theirs any more.
            restart(group.live());
            restart(group.next());
        }
        PooledStreamingEventProcessor next = processor(group.next());
        if (next.isRunning() || tokens.of(group.next().processor()).segments().isEmpty()) {
            return;
        }
        Tokens filled = tokens.of(group.next().processor());
        if (rebuild.state() == State.FILLING
                && filled.segments().size() == 1
                && head() - filled.position() > settings.lag()) {
            synchronized (filling) {
                Filling current = filling.get(group.name());
                if (isRunning() && (current == null || current.isOver())) {
                    filling.put(group.name(), new Filling(fillers.apply(group)));
                }
            }
        } else if (!isFilling(group)) {
            transaction.executeWithoutResult(spreading -> spread(group));
            next.start();
        }
    }

    /** Gives the next generation the segments that the live one has, all of them as far as its only one. */
    private void spread(ProjectionGroup group) {
        Generation next = group.next();
        if (tokens.locked(next.processor()).segments().size() == 1) {
            jdbc.update(SPREAD, next.processor(), next.processor(), group.live().processor());
        }
    }

    private boolean isFilling(ProjectionGroup group) {
        synchronized (filling) {
            Filling current = filling.get(group.name());
            return current != null && !current.isOver();
        }
    }

    private long left(ProjectionGroup group) {
        return head() - tokens.of(group.next().processor()).position();
    }

    private long head() {
        return Tokens.positionOf(events.createHeadToken());
    }

    private PooledStreamingEventProcessor processor(Generation generation) {
        return processing
                .eventProcessor(generation.processor(), PooledStreamingEventProcessor.class)
                .orElseThrow();
    }

    private void stop(Generation generation) {
        PooledStreamingEventProcessor processor = processor(generation);
        if (processor.isRunning()) {
            processor.shutDown();
        }
    }

    private void restart(Generation generation) {
        PooledStreamingEventProcessor processor = processor(generation);
        if (processor.isRunning()) {
            processor.shutDown();
            processor.start();
        }
    }

    /** Brings the rebuilds forward that no other node is just looking at. */
    private void lead() {
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
        while (telling.tellNext(group) && System.nanoTime() < until && isRunning()) {
            LOG.debug("more is to be told of {}", group.name());
        }
    }

    private void bringForward(ProjectionGroup group, Rebuild rebuild) {
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

    /** Makes what only reading needs, one index a transaction: the processor waits for each. */
    private void index(ProjectionGroup group) {
        String live = group.live().schema();
        String next = group.next().schema();
        jdbc.queryForList(MISSING_INDEXES, String.class, live, next).forEach(index -> alone(() -> jdbc.execute(index)));
        jdbc.queryForList(TABLES, String.class, next).forEach(table -> alone(() -> jdbc.execute("analyze " + table)));
        alone(() -> rebuilds.indexed(group.name(), clock.instant()));
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
        PooledStreamingEventProcessor live = processor(group.live());
        boolean wasRunning = live.isRunning();
        if (wasRunning) {
            live.shutDown();
        }
        try {
            if (generations.run(group)) {
                synchronized (seen) {
                    rebuilds.find(group.name()).ifPresent(rebuild -> seen.put(group.name(), rebuild.switches()));
                }
                LOG.info("the generations of {} have changed places", group.name());
            }
        } catch (RuntimeException failed) {
            LOG.warn("the generations of {} could not change places; it is tried again", group.name(), failed);
            alone(() -> rebuilds.failed(group.name(), String.valueOf(failed.getMessage())));
        } finally {
            if (wasRunning) {
                live.start();
            }
            restart(group.next());
        }
    }

    private void alone(Runnable step) {
        transaction.executeWithoutResult(running -> step.run());
    }

    /** The filling of a generation by this node, in a thread of its own. */
    private static final class Filling {

        private final Filler filler;
        private final Thread thread;

        Filling(Filler filler) {
            this.filler = filler;
            this.thread = new Thread(this::run, "rebuild-filler");
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try {
                filler.run();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failed) {
                LOG.warn("a generation could not be filled; it is tried again", failed);
            }
        }

        boolean isOver() {
            return !thread.isAlive();
        }

        void stop() {
            filler.stop();
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
