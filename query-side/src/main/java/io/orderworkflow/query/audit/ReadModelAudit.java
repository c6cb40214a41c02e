package io.orderworkflow.query.audit;

import static java.util.stream.Collectors.joining;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.audit.AuditRule;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether rows of read models say what their events say: some of those that changed, and some of all in turn, so that
 * each has its turn some day.
 */
final class ReadModelAudit {

    /**
     * How many events of a SKU are read at the most. They tell totals, so the last ones tell everything; a SKU has as
     * many as it has orders.
     */
    private static final int EVENTS_OF_A_SKU = 200;

    private static final String ORDER = """
            select placed.order_id is not null as placed, customer_id, placed.total, placed.currency,
                progress.status::text, progress.cancellation is not null as cancelled,
                (select count(*) from unnest(progress.events) as pointer
                    where array_length(string_to_array(pointer, ':'), 1) = 2) as order_events,
                payment.requested_at is not null as requested, payment.status::text as payment, amount,
                payment.currency as paid_currency, refunded,
                coalesce(cardinality(payment.events), 0) as payment_events
            from (select ?::uuid as order_id, ?::uuid as payment_id) as wanted
            left join orders.placed_order as placed on placed.order_id = wanted.order_id
            left join orders.order_progress as progress on progress.order_id = wanted.order_id
            left join orders.payment_view as payment on payment.payment_id = wanted.payment_id
            """;
    private static final String STOCK = "select on_hand, reserved, version from inventory.stock_view where sku = ?";
    private static final String MOVEMENTS = """
            select sequence, delta, on_hand from inventory.stock_movement where sku = ? and sequence between ? and ?
            """;

    private static final String CHANGED_ORDERS = """
            select order_id
            from (select orders from order_change where change > ? order by change limit ?) as changes,
                unnest(orders) as order_id
            limit ?
            """;
    private static final String NEXT_ORDERS =
            "select order_id from orders.placed_order where order_id > ?::uuid order by order_id limit ?";
    private static final String NEXT_SKUS = "select sku from inventory.stock_view where sku > ? order by sku limit ?";
    private static final String MARK = "select value from audit_mark where name = ?";
    private static final String REMEMBER = """
            insert into audit_mark (name, value) values (?, ?) on conflict (name) do update set value = excluded.value
            """;

    private final JdbcTemplate jdbc;
    private final EventStore events;

    ReadModelAudit(JdbcTemplate jdbc, EventStore events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Some orders that changed, as long as it is known which did, and the next few of all. */
    Set<UUID> someOrders(long mark, int each) {
        Set<UUID> sample = new LinkedHashSet<>(jdbc.queryForList(CHANGED_ORDERS, UUID.class, mark, each, each));
        List<UUID> next = jdbc.queryForList(NEXT_ORDERS, UUID.class, mark("orders", new UUID(0, 0).toString()), each);
        remember("orders", mark(next, each, new UUID(0, 0)).toString());
        sample.addAll(next);
        return sample;
    }

    /** The next few SKUs of all. */
    Set<String> someSkus(int each) {
        List<String> next = jdbc.queryForList(NEXT_SKUS, String.class, mark("skus", ""), each);
        remember("skus", mark(next, each, ""));
        return new LinkedHashSet<>(next);
    }

    /** The last of them, or the start again where there are no more. */
    private static <T> T mark(List<T> next, int each, T start) {
        return next.isEmpty() || next.size() < each ? start : next.get(next.size() - 1);
    }

    private String mark(String name, String start) {
        return jdbc.queryForList(MARK, String.class, name).stream().findFirst().orElse(start);
    }

    private void remember(String name, String value) {
        jdbc.update(REMEMBER, name, value);
    }

    /** What these rows say otherwise than their events. */
    List<Finding> check(Collection<UUID> orders, Collection<String> skus) {
        List<Finding> findings = new ArrayList<>();
        orders.forEach(orderId -> check(orderId).ifPresent(findings::add));
        skus.forEach(sku -> check(sku).ifPresent(findings::add));
        return findings;
    }

    private Optional<Finding> check(UUID orderId) {
        UUID paymentId = PaymentId.forOrder(new OrderId(orderId)).value();
        OrderFold fold = new OrderFold();
        read(orderId.toString(), 0, event -> fold.order(event.getPayload()));
        read(paymentId.toString(), 0, event -> fold.payment(event.getPayload()));
        Map<String, String> told = fold.facts();
        Map<String, String> kept = jdbc.query(ORDER, (row, number) -> orderFacts(row), orderId, paymentId)
                .get(0);
        return told.equals(kept)
                ? Optional.empty()
                : Optional.of(Finding.onceAllHaveCaughtUp(
                        AuditRule.READ_MODEL_EQUALS_EVENTS,
                        Subjects.order(orderId),
                        List.of(orderId),
                        "order %s: %s".formatted(orderId, differences(told, kept)),
                        kept.toString()));
    }

    private static Map<String, String> orderFacts(ResultSet row) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        facts.put("events of the order", row.getString("order_events"));
        facts.put("events of the payment", row.getString("payment_events"));
        facts.put("status", Objects.requireNonNullElse(row.getString("status"), "PLACED"));
        facts.put("cancellation", row.getBoolean("cancelled") ? "requested" : "none");
        facts.put("placed", row.getBoolean("placed") ? "yes" : "no");
        if (row.getBoolean("placed")) {
            facts.put("customer", row.getString("customer_id"));
            facts.put("total", OrderFold.inWords(row.getBigDecimal("total")) + " " + row.getString("currency"));
        }
        if (row.getBoolean("requested")) {
            facts.put("payment", row.getString("payment"));
            facts.put("amount", OrderFold.inWords(row.getBigDecimal("amount")) + " " + row.getString("paid_currency"));
        }
        facts.put("refunded", OrderFold.inWords(row.getBigDecimal("refunded")));
        return facts;
    }

    private static String differences(Map<String, String> told, Map<String, String> kept) {
        Set<String> names = new TreeSet<>(told.keySet());
        names.addAll(kept.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(told.get(name), kept.get(name)))
                .map(name -> "%s is %s by its events, and %s in the read model"
                        .formatted(name, told.getOrDefault(name, "none"), kept.getOrDefault(name, "none")))
                .collect(joining("; "));
    }

    /** As far as the row has come, it must agree at once. What comes after must come as soon as its processor does. */
    private Optional<Finding> check(String sku) {
        return jdbc.query(STOCK, (row, number) -> stockRow(row), sku).stream()
                .findFirst()
                .flatMap(row -> check(sku, row));
    }

    private Optional<Finding> check(String sku, StockRow row) {
        long from = Math.max(0, row.version() - EVENTS_OF_A_SKU + 1);
        StockFold fold = new StockFold(row.version());
        read(StockCommand.stockItemId(new Sku(sku)), from, fold::read);
        Map<Long, String> kept = new TreeMap<>();
        jdbc.query(
                MOVEMENTS,
                movement -> {
                    kept.put(
                            movement.getLong("sequence"),
                            movement.getLong("delta") + " to " + movement.getLong("on_hand"));
                },
                sku,
                from,
                row.version());
        String wrong = fold.contradicts(row, kept);
        if (wrong != null) {
            return Optional.of(Finding.atOnce(
                    AuditRule.READ_MODEL_EQUALS_EVENTS,
                    Subjects.stock(sku),
                    List.of(),
                    "stock of " + sku + ": " + wrong));
        }
        return fold.later == null
                ? Optional.empty()
                : Optional.of(Finding.onceAllHaveCaughtUp(
                        AuditRule.READ_MODEL_EQUALS_EVENTS,
                        Subjects.stock(sku),
                        List.of(),
                        "stock of %s: event %d is missing in the read model".formatted(sku, fold.later),
                        Long.toString(row.version())));
    }

    private static StockRow stockRow(ResultSet row) throws SQLException {
        return new StockRow(row.getLong("on_hand"), row.getLong("reserved"), row.getLong("version"));
    }

    private void read(String aggregateId, long from, Consumer<DomainEventMessage<?>> consumer) {
        DomainEventStream stream = events.readEvents(aggregateId, from);
        for (int read = 0; read < 2 * EVENTS_OF_A_SKU && stream.hasNext(); read++) {
            consumer.accept(stream.next());
        }
    }

    private record StockRow(long onHand, long reserved, long version) {}

    /** What the last events of a SKU say. */
    private static final class StockFold {

        private final long version;
        private final Map<Long, String> movements = new TreeMap<>();
        private @Nullable Long onHand;
        private @Nullable Long reserved;
        /** An event that the row ought to tell of, but does not yet. */
        private @Nullable Long later;

        private boolean any;

        StockFold(long version) {
            this.version = version;
        }

        void read(DomainEventMessage<?> event) {
            any = true;
            Object payload = event.getPayload();
            if (payload instanceof StockReserved happened) {
                tells(event, null, happened.reserved(), 0);
            } else if (payload instanceof StockReleased happened) {
                tells(event, null, happened.reserved(), 0);
            } else if (payload instanceof StockDebited happened) {
                tells(event, happened.onHand(), happened.reserved(), -happened.debited());
            } else if (payload instanceof StockReceived happened) {
                tells(event, happened.onHand(), null, happened.quantity());
            } else if (payload instanceof StockAdjusted happened) {
                tells(event, happened.onHand(), null, happened.delta());
            } else if (payload instanceof StockRestocked happened) {
                tells(event, happened.onHand(), null, happened.quantity());
            } else if (payload instanceof StockItemOpened) {
                // Opened after a reservation was refused, or released: there is nothing of it by then.
                if (event.getSequenceNumber() <= version) {
                    onHand = 0L;
                    reserved = 0L;
                }
            }
        }

        private void tells(
                DomainEventMessage<?> event, @Nullable Long onHandAfter, @Nullable Long reservedAfter, long delta) {
            if (event.getSequenceNumber() > version) {
                later = event.getSequenceNumber();
                return;
            }
            onHand = onHandAfter == null ? onHand : onHandAfter;
            reserved = reservedAfter == null ? reserved : reservedAfter;
            if (onHandAfter != null) {
                movements.put(event.getSequenceNumber(), delta + " to " + onHandAfter);
            }
        }

        @Nullable
        String contradicts(StockRow row, Map<Long, String> movementRows) {
            if (!any) {
                return "there are no events of it";
            }
            if (onHand != null && onHand != row.onHand()) {
                return "%d are on hand by its events, and %d in the read model".formatted(onHand, row.onHand());
            }
            if (reserved != null && reserved != row.reserved()) {
                return "%d are reserved by its events, and %d in the read model".formatted(reserved, row.reserved());
            }
            return movements.equals(movementRows)
                    ? null
                    : "its movements are %s by its events, and %s in the read model".formatted(movements, movementRows);
        }
    }
}
