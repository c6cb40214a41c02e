package io.orderworkflow.query;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.audit.AuditReport;
import io.orderworkflow.api.audit.FindAuditReport;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentRequested;
import java.util.List;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

// Rows that are written here have no events: nothing is compared with them.
@AuditedTest
@TestPropertySource(properties = "order-workflow.audit.sample=0")
class AuditCostIT {

    private static final int CHANGES = 10;

    private final History history;
    private final QueryGateway queries;
    private final JdbcClient jdbc;

    AuditCostIT(History history, QueryGateway queries, JdbcClient jdbc) {
        this.history = history;
        this.queries = queries;
        this.jdbc = jdbc;
    }

    @Test
    void readsWhatHasChangedHoweverMuchThereIs() {
        thereAreOrders(1, 1_000);
        long amongFew = rowsReadForChanges("few");
        thereAreOrders(1_001, 100_000);
        long amongMany = rowsReadForChanges("many");

        assertThat(amongFew).isPositive();
        assertThat(amongMany).isLessThan(2 * amongFew);
    }

    private long rowsReadForChanges(String key) {
        audit();
        for (int order = 0; order < CHANGES; order++) {
            isConfirmed(anOrder().withKey(key + order).of("SKU-1", 1));
        }
        AuditReport report = audit();
        assertThat(report.breaches()).isEmpty();
        AuditReport.Run run = report.runs().get(0);
        assertThat(run.changedOrders()).isGreaterThanOrEqualTo(CHANGES);
        return run.rowsRead();
    }

    private void isConfirmed(SampleOrder order) {
        OrderId orderId = order.orderId();
        PaymentId paymentId = PaymentId.forOrder(orderId);
        history.happens(
                order.placed(),
                new PaymentRequested(paymentId, orderId, order.total(), "card", "tok_ok"),
                new PaymentAuthorized(paymentId, orderId, "reference", List.of()),
                new PaymentCaptured(paymentId, orderId, order.total(), List.of()),
                new OrderConfirmed(orderId));
    }

    /** Many orders that are at rest, as their projections would have left them. */
    private void thereAreOrders(int first, int last) {
        jdbc.sql("""
                        insert into orders.placed_order (order_id, payment_id, customer_id, lines, total,
                            currency, shipping_address, placed_at)
                        select md5('o' || n)::uuid, md5('p' || n)::uuid, 'c', '[]', 1, 'EUR', '{}', now()
                        from generate_series(?, ?) as n
                        """).params(first, last).update();
        jdbc.sql("""
                        insert into orders.order_progress (order_id, status, placed_at, settled_at, events)
                        select md5('o' || n)::uuid, 'CONFIRMED', now(), now(), '{:0,:1}' from generate_series(?, ?) as n
                        """).params(first, last).update();
        jdbc.sql("""
                        insert into orders.payment_view (payment_id, order_id, status, amount, currency, method,
                            requested_at, events)
                        select md5('p' || n)::uuid, md5('o' || n)::uuid, 'CAPTURED', 1, 'EUR', 'card', now(), '{:0}'
                        from generate_series(?, ?) as n
                        """).params(first, last).update();
        jdbc.sql("""
                        insert into inventory.stock_movement (sku, sequence, at, type, delta, on_hand, order_id)
                        select 'SKU-1', n, now(), 'StockDebited', -1, n, md5('o' || n)::uuid
                        from generate_series(?, ?) as n
                        """).params(first, last).update();
    }

    private AuditReport audit() {
        return queries.query(new FindAuditReport(true), ResponseTypes.instanceOf(AuditReport.class))
                .join();
    }
}
