package io.orderworkflow.platform.projection;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.RebuildView.State;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rebuilds of read models, as operators ask for them. Everything is only written down here: every node looks after what
 * concerns it, and one of them at a time after what concerns all.
 */
public final class ProjectionRebuilds {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRebuilds.class);
    private static final String MIGRATED = "begun anew, as a migration has changed the live tables";
    private static final String IS_PROCESSOR = "select exists (select from token_entry where processor_name = ?)";

    private final List<ProjectionGroup> groups;
    private final JdbcTemplate jdbc;
    private final RebuildTable rebuilds;
    private final TokenStore tokens;
    private final EventStore events;
    private final Clock clock;
    private final TransactionTemplate transaction;

    ProjectionRebuilds(
            List<ProjectionGroup> groups,
            JdbcTemplate jdbc,
            RebuildTable rebuilds,
            TokenStore tokens,
            EventStore events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.groups = groups;
        this.jdbc = jdbc;
        this.rebuilds = rebuilds;
        this.tokens = tokens;
        this.events = events;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** The rebuild of a processor's read models, if there is one. */
    public Optional<RebuildView> find(String processor) {
        return rebuilds.find(processor).map(Rebuild::view);
    }

    /**
     * Begins to fill a new generation.
     *
     * @param automatic whether it takes the place of the old one as soon as it is filled and compared
     * @param operator who wants it
     */
    public void start(String processor, boolean automatic, String operator) {
        ProjectionGroup group = group(processor);
        transaction.executeWithoutResult(starting -> {
            if (!rebuilds.insert(processor, automatic, clock.instant(), operator, head())) {
                throw refused("The read models of %s are being rebuilt already.".formatted(processor));
            }
            makeNext(group);
        });
    }

    private void makeNext(ProjectionGroup group) {
        jdbc.query(
                "select clone_schema(?, ?)",
                row -> {},
                group.live().schema(),
                group.next().schema());
        if (!GenerationShape.isSame(jdbc, group)) {
            throw new IllegalStateException("the tables in %s cannot be copied as they are"
                    .formatted(group.live().schema()));
        }
        tokens.initializeTokenSegments(group.next().processor(), 1, events.createTailToken());
    }

    /** Waits first for batches that are being written: without its tokens nobody writes another. */
    private void dropNext(Generation next) {
        jdbc.update("delete from token_entry where processor_name = ?", next.processor());
        jdbc.update("delete from dead_letter_entry where processing_group = ?", next.processor());
        jdbc.execute("drop schema if exists %s cascade".formatted(next.schema()));
    }

    /**
     * Does what is left to be done where the live tables have been changed since the others were made: fills new ones,
     * or, where the others are the old ones that were kept, drops these.
     */
    void beginAnew(ProjectionGroup group) {
        transaction.executeWithoutResult(beginning -> rebuilds.lock(group.name())
                .filter(rebuild -> !GenerationShape.isSame(jdbc, group))
                .ifPresent(rebuild -> {
                    dropNext(group.next());
                    if (rebuild.state() == State.SWITCHED) {
                        LOG.warn(
                                "the old tables of {} are dropped: a migration has changed the live ones",
                                group.name());
                        rebuilds.delete(group.name());
                    } else {
                        LOG.warn("the rebuild of {} begins anew: a migration has changed its tables", group.name());
                        rebuilds.beginAnew(group.name(), clock.instant(), head(), MIGRATED);
                        makeNext(group);
                    }
                }));
    }

    private long head() {
        return ProcessorTokens.Tokens.positionOf(events.createHeadToken());
    }

    /** Lets the new generation take the place of the old one. */
    public void switchOver(String processor) {
        change(processor, rebuild -> {
            if (rebuild.state() != State.READY) {
                throw refused(
                        rebuild.state() == State.FILLING
                                ? "The new read models of %s are not filled yet.".formatted(processor)
                                : "The new read models of %s are in place already.".formatted(processor));
            }
            rebuilds.wantSwitch(processor);
        });
    }

    /** Lets the old generation take its place again. */
    public void switchBack(String processor) {
        change(processor, rebuild -> {
            if (rebuild.state() != State.SWITCHED) {
                throw refused("The old read models of %s are in place.".formatted(processor));
            }
            rebuilds.wantSwitch(processor);
        });
    }

    /** Drops the generation that is not read. */
    public void end(String processor) {
        Generation next = group(processor).next();
        change(processor, rebuild -> {
            dropNext(next);
            rebuilds.delete(processor);
        });
    }

    private void change(String processor, Consumer<Rebuild> change) {
        group(processor);
        transaction.executeWithoutResult(changing -> change.accept(rebuilds.lock(processor)
                .orElseThrow(() -> refused("The read models of %s are not being rebuilt.".formatted(processor)))));
    }

    private ProjectionGroup group(String processor) {
        ProjectionGroup found = groups.stream()
                .filter(group -> group.name().equals(processor))
                .findFirst()
                .orElse(null);
        if (found == null) {
            throw isProcessor(processor)
                    ? refused("%s acts on events, such as by sending commands; it must not do so again."
                            .formatted(processor))
                    : new CommandRefusedException(
                            Refusal.Code.UNKNOWN, "There is no processor %s.".formatted(processor));
        }
        return found;
    }

    private boolean isProcessor(String name) {
        return groups.stream().noneMatch(group -> group.next().processor().equals(name))
                && Boolean.TRUE.equals(jdbc.queryForObject(IS_PROCESSOR, Boolean.class, name));
    }

    private static CommandRefusedException refused(@Nullable String why) {
        return new CommandRefusedException(Refusal.Code.REBUILD_REFUSED, String.valueOf(why));
    }
}
