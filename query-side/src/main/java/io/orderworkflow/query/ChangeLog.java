package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.platform.projection.Generation;
import java.sql.PreparedStatement;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What has changed about orders, numbered in the order in which it was committed: one row a batch of events, written in
 * its transaction. Whoever has read up to a number has missed nothing before it.
 */
final class ChangeLog {

    // The numbers are drawn under a lock that is held until the row can be seen: whoever comes next draws higher ones.
    private static final String WRITE = """
            with locked as materialized (select pg_advisory_xact_lock(hashtext('order-workflow.order-change')))
            insert into order_change (change, orders, payments)
            select
                setval('order_change_number', nextval('order_change_number') + cardinality(told.orders) - 1),
                told.orders, told.payments
            from locked, (values (?::uuid[], ?::uuid[])) as told (orders, payments)
            """;

    /** Last of all: the lock is to be held for the commit only. */
    private final BatchedChanges<Changed> changes;

    private final boolean enabled;

    ChangeLog(JdbcTemplate jdbc, Commits commits) {
        this(
                BatchedChanges.writtenLast(Changed::new, changed -> {
                    changed.write(jdbc);
                    commits.tellOnceCommitted();
                }),
                true);
    }

    private ChangeLog(BatchedChanges<Changed> changes, boolean enabled) {
        this.changes = changes;
        this.enabled = enabled;
    }

    /** The log of a generation: one that is filled in silence has none. */
    ChangeLog of(Generation generation) {
        return generation.tells() ? this : new ChangeLog(changes, false);
    }

    /** Something happened to an order. */
    void changed(OrderId orderId) {
        if (enabled) {
            changes.current().orders.add(orderId.toString());
        }
    }

    /** Something happened to the payment of an order. */
    void changed(OrderId orderId, PaymentId paymentId) {
        if (enabled) {
            Changed changed = changes.current();
            changed.orders.add(orderId.toString());
            changed.payments.add(paymentId.toString());
        }
    }

    /** What one batch changes. */
    private static final class Changed {

        private final Set<String> orders = new LinkedHashSet<>();
        private final Set<String> payments = new LinkedHashSet<>();

        void write(JdbcTemplate jdbc) {
            jdbc.update(connection -> {
                PreparedStatement statement = connection.prepareStatement(WRITE);
                statement.setArray(1, connection.createArrayOf("uuid", orders.toArray()));
                statement.setArray(2, connection.createArrayOf("uuid", payments.toArray()));
                return statement;
            });
        }
    }
}
