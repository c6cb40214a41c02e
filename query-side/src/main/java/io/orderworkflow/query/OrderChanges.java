package io.orderworkflow.query;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.platform.projection.BatchStatement;
import io.orderworkflow.platform.projection.Generation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a batch of events changes about orders: one row an order, however many of its events are in the batch. */
final class OrderChanges {

    private static final BatchStatement<Placed> PLACED = new BatchStatement<Placed>("""
                    with placed as materialized (
                        select *
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) as placed (order_id, payment_id, customer_id, lines,
                            skus, total, currency, shipping_address, placed_at)
                    ), known as (
                        insert into {schema}.placed_order (order_id, payment_id, customer_id, lines, total, currency,
                            shipping_address, placed_at)
                        select order_id, payment_id, customer_id, lines, total, currency, shipping_address, placed_at
                        from placed
                        on conflict do nothing
                    )
                    insert into {schema}.order_sku (sku, placed_at, order_id)
                    select sku, placed_at, order_id
                    from placed cross join unnest(string_to_array(skus, ',')) as sku
                    order by 1, 2, 3
                    on conflict do nothing
                    """)
            .with("uuid", placed -> placed.event.orderId())
            .with("uuid", placed -> PaymentId.forOrder(placed.event.orderId()))
            .with("text", placed -> placed.event.customerId())
            .with("text", placed -> Json.write(placed.event.lines()))
            .with("text", Placed::skus)
            .with("numeric", placed -> placed.event.total().amount())
            .with("bpchar", placed -> placed.event.total().currency())
            .with("text", placed -> json(placed.event.shippingAddress()))
            .with("timestamptz", Placed::at);

    // What was handled before, whose events are known therefore, changes nothing. The counts are changed in the order
    // of
    // their key, so that no two batches wait for each other.
    private static final BatchStatement<Progress> PROGRESS = new BatchStatement<Progress>("""
                    with changed as (
                        insert into {schema}.order_progress as known (order_id, status, placed_at, total, currency,
                            settled_at, reason, cancellation, shipment, delivered_at, events)
                        select order_id, status::order_status, placed_at, total, currency, settled_at, reason,
                            cancellation, shipment, delivered_at, string_to_array(events, ',')
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as told (order_id, status, placed_at, total,
                            currency, settled_at, reason, cancellation, shipment, delivered_at, events)
                        on conflict (order_id) do update set
                            status = greatest(known.status, excluded.status),
                            placed_at = coalesce(known.placed_at, excluded.placed_at),
                            total = coalesce(known.total, excluded.total),
                            currency = coalesce(known.currency, excluded.currency),
                            settled_at = coalesce(excluded.settled_at, known.settled_at),
                            reason = coalesce(excluded.reason, known.reason),
                            cancellation = coalesce(excluded.cancellation, known.cancellation),
                            shipment = coalesce(excluded.shipment, known.shipment),
                            delivered_at = coalesce(excluded.delivered_at, known.delivered_at),
                            events = known.events || excluded.events
                        where not known.events && excluded.events
                        returning old.status as status_before, old.placed_at as placed_before,
                            new.status, new.placed_at, new.total, new.currency
                    ), moved as (
                        select status, placed_at, total, currency, 1 as orders
                        from changed
                        where placed_at is not null
                        union all
                        select status_before, placed_at, total, currency, -1
                        from changed
                        where placed_before is not null
                    )
                    insert into {schema}.order_count as known (hour, status, currency, orders, total)
                    select date_trunc('hour', placed_at, 'UTC'), status, currency, sum(orders), sum(orders * total)
                    from moved
                    group by 1, 2, 3
                    having sum(orders) <> 0
                    order by 1, 2, 3
                    on conflict (hour, status, currency) do update set
                        orders = known.orders + excluded.orders,
                        total = known.total + excluded.total
                    """)
            .with("uuid", progress -> progress.orderId)
            .with("text", progress -> progress.status)
            .with("timestamptz", progress -> progress.placedAt)
            .with("numeric", progress -> progress.total == null ? null : progress.total.amount())
            .with("bpchar", progress -> progress.total == null ? null : progress.total.currency())
            .with("timestamptz", progress -> progress.settledAt)
            .with("text", progress -> json(progress.reason))
            .with("text", progress -> json(progress.cancellation))
            .with("text", progress -> json(progress.shipment))
            .with("timestamptz", progress -> progress.deliveredAt)
            .with("text", Progress::events);

    private static @Nullable String json(@Nullable Object value) {
        return value == null ? null : Json.write(value);
    }

    private final List<Placed> placed = new ArrayList<>();
    private final Map<OrderId, Progress> progress = new LinkedHashMap<>();

    void placed(OrderPlaced event, Instant at) {
        placed.add(new Placed(event, at));
        of(event.orderId()).placed(event.total(), at);
    }

    /** What becomes of an order. */
    Progress of(OrderId orderId) {
        return progress.computeIfAbsent(orderId, Progress::new);
    }

    /** The orders that look otherwise than before. */
    List<OrderId> changedOrders() {
        return progress.values().stream()
                .filter(order -> order.visible)
                .map(order -> order.orderId)
                .toList();
    }

    void write(Generation generation, JdbcTemplate jdbc) {
        PLACED.execute(generation, jdbc, placed);
        PROGRESS.execute(generation, jdbc, progress.values());
    }

    private record Placed(OrderPlaced event, Instant at) {

        private String skus() {
            return event.lines().stream()
                    .map(line -> line.sku().value())
                    .distinct()
                    .collect(Collectors.joining(","));
        }
    }

    /** What becomes of one order. */
    static final class Progress {

        private final OrderId orderId;
        private final List<String> events = new ArrayList<>();
        private OrderStatus status = OrderStatus.PLACED;
        private @Nullable Instant placedAt;
        private @Nullable Money total;
        private @Nullable Instant settledAt;
        private OrderView.@Nullable StatusReason reason;
        private OrderView.@Nullable Cancellation cancellation;
        private OrderView.@Nullable Shipment shipment;
        private @Nullable Instant deliveredAt;
        private boolean visible;

        private Progress(OrderId orderId) {
            this.orderId = orderId;
        }

        /** Something happened, which may show in nothing but the order's timeline. */
        Progress happened(EventPointer event) {
            events.add(event.within(orderId.toString()));
            return this;
        }

        private void placed(Money forMoney, Instant at) {
            placedAt = at;
            total = forMoney;
            visible = true;
        }

        /** Statuses are in the order in which they are passed; one that comes late is passed already. */
        void reached(OrderStatus next) {
            if (next.compareTo(status) > 0) {
                status = next;
            }
            visible = true;
        }

        void settled(OrderStatus as, Instant at) {
            reached(as);
            settledAt = at;
        }

        void rejected(RejectionReason because, Instant at) {
            settled(OrderStatus.REJECTED, at);
            reason = new OrderView.StatusReason(because.code().name(), because.message(), because.shortages());
        }

        void cancellationRequested(String because, Instant at) {
            cancellation = new OrderView.Cancellation(at, because);
            visible = true;
        }

        void cancelled(String because, Instant at) {
            settled(OrderStatus.CANCELLED, at);
            reason = new OrderView.StatusReason(OrderView.StatusReason.CANCELLED, because, List.of());
        }

        void shipped(Shipment by, Instant at) {
            reached(OrderStatus.SHIPPED);
            shipment = new OrderView.Shipment(by.carrier(), by.trackingNumber(), at, null);
        }

        void delivered(Instant at) {
            reached(OrderStatus.DELIVERED);
            deliveredAt = at;
        }

        private String events() {
            return String.join(",", events);
        }
    }
}
