package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.platform.projection.BatchStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a batch of events changes about orders: one row an order, however many of its events are in the batch. */
final class OrderChanges {

    private static final BatchStatement<Change> ORDERS = new BatchStatement<Change>("""
                    insert into order_view as v (order_id, customer_id, status, reason, lines, total, currency,
                        payment_id, payment_status, shipping, placed_at, settled_at, version)
                    select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (order_id) do update set
                        status = coalesce(excluded.status, v.status),
                        reason = coalesce(excluded.reason, v.reason),
                        payment_id = coalesce(excluded.payment_id, v.payment_id),
                        payment_status = case when v.payment_status = 'DECLINED' then v.payment_status
                            else coalesce(excluded.payment_status, v.payment_status) end,
                        settled_at = coalesce(v.settled_at, excluded.settled_at),
                        version = excluded.version
                    """)
            .with("uuid", change -> change.orderId)
            .with("text", change -> change.placed == null ? null : change.placed.customerId())
            .with("text", change -> change.status)
            .with("text", change -> change.reason == null ? null : Json.write(change.reason))
            .with("text", change -> change.placed == null ? null : Json.write(change.placed.lines()))
            .with(
                    "numeric",
                    change ->
                            change.placed == null ? null : change.placed.total().amount())
            .with(
                    "bpchar",
                    change ->
                            change.placed == null ? null : change.placed.total().currency())
            .with("uuid", change -> change.paymentId)
            .with("text", change -> change.paymentStatus)
            .with("text", change -> change.placed == null ? null : Json.write(change.placed.shippingAddress()))
            .with("timestamptz", change -> change.placedAt)
            .with("timestamptz", change -> change.settledAt)
            .with("int8", change -> change.version);

    private static final BatchStatement<Line> LINES =
            new BatchStatement<Line>("""
                    insert into order_line_view (sku, order_id) select * from unnest(?, ?) on conflict do nothing
                    """).with("text", Line::sku).with("uuid", Line::orderId);

    private static final BatchStatement<EventPointer> EVENTS = new BatchStatement<EventPointer>("""
                    insert into order_event (order_id, position, aggregate_id, sequence)
                    select * from unnest(?, ?, ?, ?) on conflict do nothing
                    """)
            .with("uuid", EventPointer::orderId)
            .with("int8", EventPointer::position)
            .with("text", EventPointer::aggregateId)
            .with("int8", EventPointer::sequence);

    private final Map<OrderId, Change> changes = new LinkedHashMap<>();
    private final List<EventPointer> events = new ArrayList<>();

    /** The change of an order by the event at this position. */
    Change of(OrderId orderId, long position) {
        Change change = changes.computeIfAbsent(orderId, Change::new);
        change.version = position;
        return change;
    }

    void happened(EventPointer event) {
        events.add(event);
    }

    Set<OrderId> changedOrders() {
        return changes.keySet();
    }

    void write(JdbcTemplate jdbc) {
        ORDERS.execute(jdbc, changes.values());
        LINES.execute(
                jdbc,
                changes.values().stream()
                        .flatMap(change -> change.lines().stream())
                        .toList());
        EVENTS.execute(jdbc, events);
    }

    /** What becomes of one order. What is {@code null} stays as it was. */
    static final class Change {

        private final OrderId orderId;
        private @Nullable OrderPlaced placed;
        private @Nullable Instant placedAt;
        private @Nullable OrderStatus status;
        private @Nullable RejectionReason reason;
        private @Nullable Object paymentId;
        private @Nullable PaymentStatus paymentStatus;
        private @Nullable Instant settledAt;
        private long version;

        private Change(OrderId orderId) {
            this.orderId = orderId;
        }

        void placed(OrderPlaced event, Instant at) {
            placed = event;
            placedAt = at;
            status = OrderStatus.PLACED;
        }

        void reached(OrderStatus next) {
            status = next;
        }

        void settled(OrderStatus next, Instant at) {
            status = next;
            settledAt = settledAt == null ? at : settledAt;
        }

        void rejected(RejectionReason because, Instant at) {
            reason = because;
            settled(OrderStatus.REJECTED, at);
        }

        void payment(Object id, PaymentStatus next) {
            paymentId = id;
            paymentStatus = next;
        }

        private List<Line> lines() {
            return placed == null
                    ? List.of()
                    : placed.lines().stream()
                            .map(line -> new Line(line.sku().value(), orderId))
                            .distinct()
                            .toList();
        }
    }

    private record Line(String sku, OrderId orderId) {}

    /**
     * Where an event of an order is to be found.
     *
     * @param orderId the order
     * @param position among all events
     * @param aggregateId the aggregate that it is from
     * @param sequence its number there
     */
    record EventPointer(OrderId orderId, long position, String aggregateId, long sequence) {}
}
