package io.orderworkflow.platform.projection;

import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockItemOpened;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Projections to test with: they note the reasons of adjustments. A reason says how its event is to fail, as long as
 * that is not {@linkplain #repair repaired}.
 */
class NotesProjection {

    static final String GROUP = "notes";

    /** The handler waits until the gate is opened, so that later events arrive meanwhile. */
    static final String GATE = "gate";

    /** The handler throws. */
    static final String BUG = "bug";

    /** The database refuses the row, after it has taken another one of the same event. */
    static final String TOO_LONG = "far too long for its column";

    /** The handler throws something that passes. */
    static final String HICCUP = "hiccup";

    /** The database ends the connection while the row is written. */
    static final String OUTAGE = "outage";

    private static final BatchStatement<StockAdjusted> WRITE = new BatchStatement<StockAdjusted>("""
                    insert into {schema}.note (sku, reason, times)
                    select *, 1 from unnest(?, ?)
                    on conflict (sku, reason) do update set times = note.times + 1
                    """)
            .with("text", StockAdjusted::sku)
            .with("text", StockAdjusted::reason);

    private final JdbcTemplate jdbc;
    private final Set<String> repaired = ConcurrentHashMap.newKeySet();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile @Nullable StockItemOpened opening;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    NotesProjection(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("create schema if not exists notes");
        jdbc.execute("create table if not exists notes.note"
                + " (sku text, reason varchar(20), times integer not null, primary key (sku, reason))");
        jdbc.execute("create table if not exists notes.note_of_a_note (reason text)");
    }

    /** The projection of a generation. */
    Projection of(Generation generation) {
        return new Handlers(generation);
    }

    private static StockAdjusted shortened(StockAdjusted event) {
        return new StockAdjusted(
                event.sku(),
                event.previous(),
                event.delta(),
                event.onHand(),
                event.reason().substring(0, 3));
    }

    private boolean fails(StockAdjusted event, String failure) {
        return event.reason().equals(failure) && !repaired.contains(failure);
    }

    /** That failure happens no more. */
    void repair(String failure) {
        repaired.add(failure);
    }

    /** Closes the gate until that event is told to have been read. */
    void closeGateUntil(StockItemOpened event) {
        opening = event;
        gate = new CountDownLatch(1);
    }

    void read(Object event) {
        if (event.equals(opening)) {
            gate.countDown();
        }
    }

    /** All failures happen again. */
    void breakAgain() {
        repaired.clear();
    }

    /** How often changes were written, successfully or not. */
    int writes() {
        return writes.get();
    }

    final class Handlers implements Projection {

        private final Generation generation;
        private final BatchedChanges<List<StockAdjusted>> changes = new BatchedChanges<>(ArrayList::new, this::write);

        private Handlers(Generation generation) {
            this.generation = generation;
        }

        @Override
        public Generation generation() {
            return generation;
        }

        @EventHandler
        void on(StockAdjusted event) throws SQLTransientConnectionException, InterruptedException {
            if (event.reason().equals(GATE)) {
                gate.await();
                return;
            }
            if (fails(event, HICCUP)) {
                repair(HICCUP);
                throw new SQLTransientConnectionException("no connection to be had");
            }
            changes.current().add(event);
            if (fails(event, BUG)) {
                throw new IllegalStateException("a bug, with a \0 in its message");
            }
        }

        private void write(List<StockAdjusted> events) {
            writes.incrementAndGet();
            for (StockAdjusted event : events) {
                if (fails(event, OUTAGE)) {
                    repair(OUTAGE);
                    jdbc.execute("select pg_terminate_backend(pg_backend_pid())");
                }
                if (fails(event, TOO_LONG)) {
                    jdbc.update(generation.sql("insert into {schema}.note_of_a_note values (?)"), event.reason());
                }
            }
            WRITE.execute(
                    generation,
                    jdbc,
                    events.stream()
                            .map(event -> repaired.contains(event.reason()) ? shortened(event) : event)
                            .toList());
        }
    }
}
