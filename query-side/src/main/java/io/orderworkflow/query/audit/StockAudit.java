package io.orderworkflow.query.audit;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.audit.AuditRule;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether the stock adds up. Totals a SKU are kept and carried on by what has changed. Stock, movements and what has
 * changed are written in one transaction: seen in one snapshot they agree, or else something is wrong.
 */
final class StockAudit {

    // After events were lost, and the read models rebuilt from those that are left.
    private static final String COUNTED_MORE_THAN_THERE_IS = """
            delete from audit_stock as known using inventory.stock_view as view
            where view.sku = known.sku and view.version < known.sequence and known.sku in (
                select distinct sku from audit_stock_change, unnest(skus) as sku
                union
                select unnest(?::text[])
            )
            returning known.sku
            """;
    private static final String FORGET_RESERVATIONS = "delete from audit_reservation where sku = any (?)";

    // All of the stock's events are read once, to have the reservations that are open by then.
    private static final String UNKNOWN = """
            select view.sku, view.version, coalesce((select sum(delta) from inventory.stock_movement as movement
                where movement.sku = view.sku and movement.sequence <= view.version), 0) as on_hand
            from (
                select distinct sku from audit_stock_change, unnest(skus) as sku
                union
                select unnest(?::text[])
            ) as concerned
            join inventory.stock_view as view on view.sku = concerned.sku
            where not exists (select from audit_stock as known where known.sku = concerned.sku)
            """;
    private static final String OPEN = "insert into audit_stock (sku, sequence, on_hand, reserved) values (?, ?, ?, ?)";
    private static final String OPEN_RESERVATION = """
            insert into audit_reservation as known (order_id, sku, quantity) values (?, ?, ?)
            on conflict (order_id, sku) do update set quantity = excluded.quantity
            """;

    // Whatever was counted before, as its number tells, is not counted again. Most orders come and go between two runs.
    // There are many changes of each SKU. With an offset, which keeps the numbers out of the join, its row is looked up
    // once and remembered; else it would be once a change.
    private static final String CARRY_ON = """
            with taken as (
                delete from audit_stock_change returning skus, sequences, orders, quantities
            ), told as (
                select told.*, known.sequence as counted
                from taken
                cross join unnest(skus, sequences, orders, quantities) as told (sku, sequence, order_id, quantity)
                join audit_stock as known on known.sku = told.sku
                offset 0
            ), fresh as (
                select distinct sku, sequence, order_id, quantity from told where sequence > counted
            ), reservations as (
                insert into audit_reservation as known (order_id, sku, quantity)
                select order_id, sku, sum(quantity) from fresh where order_id is not null
                group by order_id, sku having sum(quantity) <> 0
                on conflict (order_id, sku) do update set quantity = known.quantity + excluded.quantity
            ), changed as (
                select sku, sum(quantity) as quantity from fresh group by sku
            )
            update audit_stock as known set
                reserved = known.reserved + changed.quantity,
                on_hand = known.on_hand + coalesce((select sum(delta) from inventory.stock_movement as movement
                    where movement.sku = known.sku
                    and movement.sequence > known.sequence and movement.sequence <= view.version), 0),
                sequence = view.version
            from changed join inventory.stock_view as view on view.sku = changed.sku
            where known.sku = changed.sku
            returning known.sku
            """;
    private static final String CLOSE = "delete from audit_reservation where quantity = 0";

    private static final String WRONG = """
            select view.sku, coalesce(view.on_hand, 0) as on_hand, coalesce(view.reserved, 0) as reserved,
                known.on_hand as counted, known.reserved as set_aside
            from inventory.stock_view as view join audit_stock as known on known.sku = view.sku
            where view.sku = any (?) and (
                coalesce(view.on_hand, 0) <> known.on_hand
                or coalesce(view.reserved, 0) <> known.reserved
                or coalesce(view.reserved, 0) not between 0 and coalesce(view.on_hand, 0))
            """;
    private static final String HOLDERS =
            "select order_id from audit_reservation where sku = ? order by order_id limit 100";

    // Where the pieces on hand do not follow from those before; else whoever moved them last.
    private static final String MOVERS = """
            select order_id from (
                select sequence, order_id, on_hand - delta <> lag(on_hand, 1, on_hand - delta)
                    over (order by sequence) as broken
                from (select * from inventory.stock_movement where sku = ? order by sequence desc limit 1000) as latest
            ) as moves
            where order_id is not null order by broken desc, sequence desc limit 10
            """;

    private final JdbcTemplate jdbc;
    private final EventStore events;

    StockAudit(JdbcTemplate jdbc, EventStore events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Carries the totals on, and tells which SKUs have changed. */
    List<String> carryOn(Collection<String> concerned) {
        forgetWhatIsGone(concerned);
        open(concerned);
        List<String> changed = jdbc.queryForList(CARRY_ON, String.class);
        jdbc.update(CLOSE);
        return changed;
    }

    private void forgetWhatIsGone(Collection<String> concerned) {
        List<String> gone =
                jdbc.queryForList(COUNTED_MORE_THAN_THERE_IS, String.class, (Object) concerned.toArray(String[]::new));
        if (!gone.isEmpty()) {
            jdbc.update(FORGET_RESERVATIONS, (Object) gone.toArray(String[]::new));
        }
    }

    private void open(Collection<String> concerned) {
        jdbc.query(
                        UNKNOWN,
                        (row, number) ->
                                new Unknown(row.getString("sku"), row.getLong("version"), row.getLong("on_hand")),
                        (Object) concerned.toArray(String[]::new))
                .forEach(this::open);
    }

    private void open(Unknown unknown) {
        Map<UUID, Long> reservations = reservations(unknown);
        long reserved =
                reservations.values().stream().mapToLong(Long::longValue).sum();
        jdbc.update(OPEN, unknown.sku(), unknown.version(), unknown.onHand(), reserved);
        jdbc.batchUpdate(
                OPEN_RESERVATION,
                reservations.entrySet().stream()
                        .map(held -> new Object[] {held.getKey(), unknown.sku(), held.getValue()})
                        .toList());
    }

    private Map<UUID, Long> reservations(Unknown unknown) {
        Map<UUID, Long> reservations = new HashMap<>();
        // Told from where on, or they would begin with a snapshot.
        DomainEventStream stream = events.readEvents(StockCommand.stockItemId(new Sku(unknown.sku())), 0);
        while (stream.hasNext()) {
            DomainEventMessage<?> event = stream.next();
            if (event.getSequenceNumber() > unknown.version()) {
                break;
            }
            Object payload = event.getPayload();
            if (payload instanceof StockReserved reserved) {
                reservations.merge(reserved.orderId().value(), reserved.quantity(), Long::sum);
            } else if (payload instanceof StockReleased released) {
                reservations.merge(released.orderId().value(), -released.quantity(), Long::sum);
            } else if (payload instanceof StockDebited debited) {
                reservations.merge(debited.orderId().value(), -debited.debited(), Long::sum);
            }
        }
        reservations.values().removeIf(pieces -> pieces == 0);
        return reservations;
    }

    /** What does not add up about these SKUs. */
    List<Finding> check(Collection<String> skus) {
        List<Finding> findings = new ArrayList<>();
        jdbc.query(
                WRONG,
                row -> {
                    String sku = row.getString("sku");
                    long onHand = row.getLong("on_hand");
                    long reserved = row.getLong("reserved");
                    long counted = row.getLong("counted");
                    long setAside = row.getLong("set_aside");
                    if (onHand != counted) {
                        findings.add(Finding.atOnce(
                                AuditRule.STOCK_CONSERVED,
                                Subjects.stock(sku),
                                movers(sku),
                                "%d pieces of %s are on hand; received, adjusted, debited and restocked make %d"
                                        .formatted(onHand, sku, counted)));
                    }
                    if (reserved < 0 || reserved > onHand) {
                        findings.add(Finding.atOnce(
                                AuditRule.NEVER_OVERSOLD,
                                Subjects.stock(sku),
                                holders(sku),
                                "%d pieces of %s are reserved, and %d on hand".formatted(reserved, sku, onHand)));
                    }
                    if (reserved != setAside) {
                        findings.add(Finding.atOnce(
                                AuditRule.RESERVATIONS_ADD_UP,
                                Subjects.stock(sku),
                                holders(sku),
                                "%d pieces of %s are reserved; those set aside for single orders make %d"
                                        .formatted(reserved, sku, setAside)));
                    }
                },
                (Object) skus.toArray(String[]::new));
        return findings;
    }

    private Set<UUID> holders(String sku) {
        return new LinkedHashSet<>(jdbc.queryForList(HOLDERS, UUID.class, sku));
    }

    private Set<UUID> movers(String sku) {
        return new LinkedHashSet<>(jdbc.queryForList(MOVERS, UUID.class, sku));
    }

    private record Unknown(String sku, long version, long onHand) {}
}
