package io.orderworkflow.query.audit;

import io.orderworkflow.api.audit.AuditReport;
import io.orderworkflow.api.audit.AuditRule;
import io.orderworkflow.api.audit.FindAuditReport;
import io.orderworkflow.platform.projection.GenerationLock;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks the promises on the live data. Everything that a run sees is of one moment: one snapshot of the database. One
 * process of all does it at a time.
 */
final class Auditor {

    private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(hashtext('order-workflow.audit'))";
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('order-workflow.audit'))";

    // There are indexes for everything; the planner knows nothing of how much has changed, and may prefer to read all.
    private static final String BY_INDEX =
            "set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off";
    private static final String ROWS_READ = """
            select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) from pg_stat_xact_user_tables
            """;

    private final JdbcTemplate jdbc;
    private final StockAudit stock;
    private final ChangedOrders changedOrders;
    private final OrderAudit orders;
    private final DeadlineAudit deadlines;
    private final ReadModelAudit readModels;
    private final BreachBook book;
    private final AuditSettings settings;
    private final Clock clock;
    private final TransactionTemplate locked;
    private final TransactionTemplate snapshot;

    Auditor(
            JdbcTemplate jdbc,
            StockAudit stock,
            ChangedOrders changedOrders,
            OrderAudit orders,
            DeadlineAudit deadlines,
            ReadModelAudit readModels,
            BreachBook book,
            AuditSettings settings,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.stock = stock;
        this.changedOrders = changedOrders;
        this.orders = orders;
        this.deadlines = deadlines;
        this.readModels = readModels;
        this.book = book;
        this.settings = settings;
        this.clock = clock;
        this.locked = new TransactionTemplate(transactions);
        locked.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @QueryHandler
    AuditReport handle(FindAuditReport query) {
        if (query.run() && settings.enabled()) {
            run();
        }
        return book.report();
    }

    /** Nothing that changes from now on goes by unseen. */
    void begin() {
        changedOrders.begin();
    }

    /** Looks, as soon as nobody else does. */
    void run() {
        locked.executeWithoutResult(holding -> {
            jdbc.query(LOCK, row -> {});
            GenerationLock.share(jdbc);
            // The snapshot must not be older than what the last holder of the lock has written.
            snapshot.executeWithoutResult(looking -> look());
        });
    }

    /** Looks, unless somebody else does. */
    void runUnlessSomebodyDoes() {
        locked.executeWithoutResult(holding -> {
            if (Boolean.TRUE.equals(jdbc.queryForObject(TRY_LOCK, Boolean.class))) {
                GenerationLock.share(jdbc);
                snapshot.executeWithoutResult(looking -> look());
            }
        });
    }

    private void look() {
        jdbc.execute(BY_INDEX);
        Instant startedAt = clock.instant();
        long readBefore = rowsRead();
        List<Finding> findings = new ArrayList<>();
        List<BreachKey> again = book.toBeSeenAgain();
        long mark = changedOrders.mark();

        Set<UUID> sampledOrders = readModels.someOrders(mark, settings.sample());
        // Under load, very many are looked at again because they are under way. Those need not be compared as well.
        sampledOrders.addAll(Subjects.orders(again.stream()
                .filter(key -> key.rule() == AuditRule.READ_MODEL_EQUALS_EVENTS)
                .toList()));
        Set<String> sampledSkus = readModels.someSkus(settings.sample());
        sampledSkus.addAll(Subjects.skus(again));

        List<String> changedSkus = stock.carryOn(sampledSkus);
        Set<String> skus = new LinkedHashSet<>(sampledSkus);
        skus.addAll(changedSkus);
        findings.addAll(stock.check(skus));

        changedSkus.stream().limit(settings.sample()).forEach(sampledSkus::add);
        findings.addAll(readModels.check(sampledOrders, sampledSkus));

        findings.addAll(orders.checkPayments(mark, Subjects.payments(again)));
        Set<UUID> watchedOrders = new LinkedHashSet<>(sampledOrders);
        watchedOrders.addAll(Subjects.orders(again));
        findings.addAll(orders.check(mark, watchedOrders));
        findings.addAll(deadlines.check(startedAt));

        book.write(findings, startedAt);
        book.ran(
                startedAt,
                clock.instant(),
                changedOrders.countSince(mark),
                changedSkus.size(),
                (long) sampledOrders.size() + sampledSkus.size(),
                rowsRead() - readBefore);
        changedOrders.moveOn();
    }

    private long rowsRead() {
        Long read = jdbc.queryForObject(ROWS_READ, Long.class);
        return read == null ? 0 : read;
    }

    /** Forgets what has changed and every total: while nobody looks, nobody notes what changes. */
    void forget() {
        locked.executeWithoutResult(holding -> {
            jdbc.query(LOCK, row -> {});
            jdbc.execute(
                    "truncate audit_stock_change, audit_stock, audit_reservation," + " audit_watched, audit_suspicion");
            changedOrders.forget();
        });
    }
}
