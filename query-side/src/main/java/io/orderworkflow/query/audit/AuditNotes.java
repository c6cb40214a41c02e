package io.orderworkflow.query.audit;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.platform.projection.Generation;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Projections note here what they change of stock, for the auditor to look at nothing else. One row a batch of events.
 * What they change of orders is in {@code order_change}.
 */
public final class AuditNotes {

    private static final String STOCK =
            "insert into audit_stock_change (skus, sequences, orders, quantities) values (?, ?, ?, ?)";

    private final JdbcTemplate jdbc;
    private final boolean enabled;
    private final BatchedChanges<Noted> notes;

    AuditNotes(JdbcTemplate jdbc, boolean enabled) {
        this.jdbc = jdbc;
        this.enabled = enabled;
        this.notes = new BatchedChanges<>(Noted::new, noted -> noted.write(jdbc));
    }

    /** The notes of a generation: one that is filled in silence takes none. */
    public AuditNotes of(Generation generation) {
        return generation.tells() ? this : new AuditNotes(jdbc, false);
    }

    /** The pieces on hand changed by that event of the SKU. */
    public void moved(Sku sku, long sequence) {
        if (enabled) {
            notes.current().stock.add(new StockNote(sku, sequence, null, 0));
        }
    }

    /** So many pieces more are set aside for an order by that event of the SKU, or less. */
    public void reserved(Sku sku, long sequence, OrderId orderId, long pieces) {
        if (enabled) {
            notes.current().stock.add(new StockNote(sku, sequence, orderId, pieces));
        }
    }

    private record StockNote(
            Sku sku, long sequence, @Nullable OrderId orderId, long pieces) {}

    /** What one batch changes. */
    private static final class Noted {

        private final List<StockNote> stock = new ArrayList<>();

        void write(JdbcTemplate jdbc) {
            if (!stock.isEmpty()) {
                jdbc.update(connection -> {
                    PreparedStatement statement = connection.prepareStatement(STOCK);
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "text",
                                    stock.stream()
                                            .map(note -> note.sku().value())
                                            .toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "int8",
                                    stock.stream().map(StockNote::sequence).toArray()));
                    statement.setArray(
                            3,
                            connection.createArrayOf(
                                    "uuid",
                                    stock.stream()
                                            .map(note -> note.orderId() == null
                                                    ? null
                                                    : note.orderId().toString())
                                            .toArray()));
                    statement.setArray(
                            4,
                            connection.createArrayOf(
                                    "int8",
                                    stock.stream().map(StockNote::pieces).toArray()));
                    return statement;
                });
            }
        }
    }
}
