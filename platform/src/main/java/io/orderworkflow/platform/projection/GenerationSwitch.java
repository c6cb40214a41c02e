package io.orderworkflow.platform.projection;

import io.orderworkflow.api.admin.RebuildView.State;
import io.orderworkflow.platform.projection.ProcessorTokens.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Lets two generations change places, in one transaction: schemas, tokens and letters.
 *
 * <p>Who reads sees one or the other, and never an older state after a newer one: the generation that comes to be read
 * has handled at least what the other has. What it handled more was told to nobody; that is due from then on. Processors that
 * were at work on another node cannot store their next token, so they undo their batch and begin anew with what is there
 * then, letters included.
 */
final class GenerationSwitch {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final String SWAP = """
            alter schema {live} rename to {spare};
            alter schema {next} rename to {live};
            alter schema {spare} rename to {next};
            """;

    private final JdbcTemplate jdbc;
    private final TransactionManager transactions;
    private final ProcessorTokens tokens;
    private final RebuildTable rebuilds;
    private final Telling telling;
    private final RebuildSettings settings;
    private final Clock clock;

    GenerationSwitch(
            JdbcTemplate jdbc,
            TransactionManager transactions,
            ProcessorTokens tokens,
            RebuildTable rebuilds,
            Telling telling,
            RebuildSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.tokens = tokens;
        this.rebuilds = rebuilds;
        this.telling = telling;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Lets the generations change places, if somebody wants that still.
     *
     * @return whether they did; if not, they may the next time
     */
    boolean run(ProjectionGroup group) {
        UnitOfWork<?> switching = new DefaultUnitOfWork<>(null);
        switching.attachTransaction(transactions);
        ResultMessage<?> result = switching.executeWithResult(() -> {
            if (!swap(group)) {
                throw new NotYetException();
            }
            return null;
        });
        if (!result.isExceptional()) {
            return true;
        }
        if (result.exceptionResult() instanceof NotYetException) {
            return false;
        }
        throw new IllegalStateException(result.exceptionResult().getMessage(), result.exceptionResult());
    }

    private boolean swap(ProjectionGroup group) {
        Generation live = group.live();
        Generation next = group.next();
        jdbc.execute(
                "set local lock_timeout = '%dms'".formatted(settings.patience().toMillis()));
        Rebuild rebuild = rebuilds.lock(group.name()).orElse(null);
        if (rebuild == null || !rebuild.view().switching() || rebuild.state() == State.FILLING) {
            return false;
        }
        GenerationLock.take(jdbc);
        if (!GenerationShape.isSame(jdbc, group)) {
            return false;
        }
        Tokens reached = tokens.locked(live.processor());
        if (!awaits(next, reached)) {
            return false;
        }
        Tokens ahead = tokens.locked(next.processor());
        jdbc.execute(SWAP.replace("{live}", live.schema())
                .replace("{next}", next.schema())
                .replace("{spare}", next.schema() + "_spare"));
        swapNames("token_entry", "processor_name", live, next);
        swapNames("dead_letter_entry", "processing_group", live, next);
        jdbc.update(
                "update token_entry set owner = null where processor_name in (?, ?)",
                live.processor(),
                next.processor());
        telling.isDue(group, reached.handledByAll(), ahead.handledByAny());
        rebuilds.switched(group.name(), rebuild.state() == State.READY ? State.SWITCHED : State.READY, clock.instant());
        return true;
    }

    /** Whether the next generation comes as far as the live one, which stands still meanwhile. */
    private boolean awaits(Generation next, Tokens reached) {
        long until = System.nanoTime() + settings.patience().toNanos();
        while (!tokens.of(next.processor()).cover(reached)) {
            if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    private void swapNames(String table, String column, Generation one, Generation other) {
        String spare = other.processor() + "-spare";
        String rename = "update %s set %s = ? where %s = ?".formatted(table, column, column);
        jdbc.update(rename, spare, one.processor());
        jdbc.update(rename, one.processor(), other.processor());
        jdbc.update(rename, other.processor(), spare);
    }

    /** Everything is left as it was. */
    private static final class NotYetException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
