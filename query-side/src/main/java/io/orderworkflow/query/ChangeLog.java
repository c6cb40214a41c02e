package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.platform.projection.BatchedChanges;
import java.sql.PreparedStatement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
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

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Last of all: the lock is to be held for the commit only. */
    private final BatchedChanges<Changed> changes;

    ChangeLog(JdbcTemplate jdbc) {
        this.changes = BatchedChanges.writtenLast(Changed::new, changed -> {
            changed.write(jdbc);
            CurrentUnitOfWork.get().root().afterCommit(committed -> listeners.forEach(Runnable::run));
        });
    }

    /** Calls back after every commit that changed orders. The listener must return at once, and not fail. */
    void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    /** Something happened to an order. */
    void changed(OrderId orderId) {
        changes.current().orders.add(orderId.toString());
    }

    /** Something happened to the payment of an order. */
    void changed(OrderId orderId, PaymentId paymentId) {
        Changed changed = changes.current();
        changed.orders.add(orderId.toString());
        changed.payments.add(paymentId.toString());
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
