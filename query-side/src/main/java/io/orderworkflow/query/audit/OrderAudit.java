package io.orderworkflow.query.audit;

import static java.util.stream.Collectors.joining;

import io.orderworkflow.api.audit.AuditRule;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether orders, their money and what is set aside for them go together. Orders that changed are looked at, and those
 * that are not at rest; the others were found to be right when they came to rest.
 */
final class OrderAudit {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Set<String> STANDING = Set.of("CONFIRMED", "SHIPPED", "DELIVERED");
    private static final Set<String> OPEN = Set.of("PLACED", "RESERVED");
    private static final Set<String> HELD_OR_TAKEN = Set.of("AUTHORIZED", "CAPTURED", "PARTIALLY_REFUNDED");
    private static final Set<String> ONCE_CAPTURED = Set.of("CAPTURED", "PARTIALLY_REFUNDED", "REFUNDED");
    /** The steps of a saga in which everything that the order needs is set aside. */
    private static final Set<String> ALL_SET_ASIDE = Set.of("AUTHORIZATION", "CAPTURE");

    // The rows are found by their keys, whatever the planner thinks of their number. Only attempts that may tell of two
    // captures are parsed, which took as long as all the rest: hardly any payment is captured twice.
    private static final String CHARGED = """
            select payment.payment_id, payment.order_id, placed.payment_id as own, captures
            from (
                select unnest(payments) as payment_id from order_change where change > ?
                union
                select unnest(?::uuid[])
            ) as concerned
            join orders.payment_view as payment on payment.payment_id = concerned.payment_id
            left join orders.placed_order as placed on placed.order_id = payment.order_id
            cross join lateral (
                select count(*) as captures
                from json_array_elements(case when payment.attempts like '%CAPTURE%CAPTURE%'
                    then ('[' || payment.attempts || ']')::json end) as attempt
                where attempt ->> 'action' = 'CAPTURE' and attempt ->> 'outcome' = 'SUCCEEDED'
            ) as calls
            where captures > 1 or (placed.payment_id is distinct from payment.payment_id
                and payment.status in ('CAPTURED', 'PARTIALLY_REFUNDED'))
            """;

    private static final String NOT_AT_REST = """
            with concerned as (
                select unnest(orders) as order_id from order_change where change > ?
                union select order_id from audit_watched
                union select order_id from audit_reservation
                union select order_id from orders.order_progress where status in ('PLACED', 'RESERVED')
                union select unnest(?::uuid[])
            )
            select concerned.order_id, progress.status::text, progress.cancellation is not null as cancelled,
                placed.order_id is not null as placed, placed.lines, placed.total, placed.currency,
                payment.status::text as payment, payment.amount, payment.currency as paid_currency,
                saga.saga_id is not null as led, saga.step, parked.parked, reserved.held,
                coalesce(cardinality(progress.events), 0) + coalesce(cardinality(payment.events), 0) as version
            from concerned
            left join orders.placed_order as placed on placed.order_id = concerned.order_id
            left join orders.order_progress as progress on progress.order_id = concerned.order_id
            left join orders.payment_view as payment
                on payment.payment_id = placed.payment_id and payment.requested_at is not null
            left join saga_entry as saga
                on saga.saga_type = 'OrderProcessingSaga' and saga.association = concerned.order_id::text
            cross join lateral (
                select exists (select from parked_step where parked_step.sequence = concerned.order_id::text) as parked
            ) as parked
            left join lateral (
                select json_object_agg(sku, quantity order by sku)::text as held
                from audit_reservation as reservation where reservation.order_id = concerned.order_id
            ) as reserved on true
            where not coalesce(saga.saga_id is null and held is null and (
                progress.status in ('REJECTED', 'CANCELLED')
                    and coalesce(payment.status not in ('AUTHORIZED', 'CAPTURED', 'PARTIALLY_REFUNDED'), true)
                or progress.status in ('CONFIRMED', 'SHIPPED', 'DELIVERED') and progress.cancellation is null
                    and payment.status in ('CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED')
                    and payment.amount = placed.total and payment.currency = placed.currency), false)
            """;
    private static final String UNWATCH = "delete from audit_watched";
    private static final String WATCH = "insert into audit_watched (order_id) select unnest(?::uuid[])";

    private final JdbcTemplate jdbc;

    OrderAudit(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What is wrong with the payments that changed since then, and with these. */
    List<Finding> checkPayments(long mark, Collection<UUID> payments) {
        return jdbc.query(CHARGED, (row, number) -> chargedTwice(row), mark, payments.toArray(UUID[]::new));
    }

    private static Finding chargedTwice(ResultSet row) throws SQLException {
        UUID paymentId = row.getObject("payment_id", UUID.class);
        UUID orderId = row.getObject("order_id", UUID.class);
        UUID own = row.getObject("own", UUID.class);
        long captures = row.getLong("captures");
        String details = captures > 1
                ? "the provider took the money of payment %s %d times".formatted(paymentId, captures)
                : own == null
                        ? "payment %s is captured for order %s, which nobody placed".formatted(paymentId, orderId)
                        : "payment %s is captured for order %s, whose payment is %s".formatted(paymentId, orderId, own);
        return Finding.atOnce(AuditRule.CHARGED_ONCE, Subjects.payment(paymentId), List.of(orderId), details);
    }

    /** What is wrong with the orders that changed since then, with those that are not at rest, and with these. */
    List<Finding> check(long mark, Collection<UUID> orders) {
        List<OrderState> states =
                jdbc.query(NOT_AT_REST, (row, number) -> state(row), mark, orders.toArray(UUID[]::new));
        jdbc.update(UNWATCH);
        jdbc.update(connection -> {
            PreparedStatement watch = connection.prepareStatement(WATCH);
            watch.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", states.stream().map(OrderState::orderId).toArray()));
            return watch;
        });
        return states.stream().flatMap(state -> findings(state).stream()).toList();
    }

    private static OrderState state(ResultSet row) throws SQLException {
        return new OrderState(
                row.getObject("order_id", UUID.class),
                row.getString("status"),
                row.getBoolean("cancelled"),
                row.getBoolean("placed"),
                pieces(row.getString("lines")),
                row.getBigDecimal("total"),
                row.getString("currency"),
                row.getString("payment"),
                row.getBigDecimal("amount"),
                row.getString("paid_currency"),
                row.getBoolean("led") || row.getBoolean("parked"),
                row.getBoolean("parked"),
                row.getString("step"),
                held(row.getString("held")),
                row.getLong("version"));
    }

    private static Map<String, Long> pieces(@Nullable String lines) {
        Map<String, Long> pieces = new TreeMap<>();
        if (lines != null) {
            for (JsonNode line : JSON.readTree(lines)) {
                pieces.merge(line.get("sku").asString(), line.get("quantity").asLong(), Long::sum);
            }
        }
        return pieces;
    }

    private static Map<String, Long> held(@Nullable String json) {
        Map<String, Long> held = new TreeMap<>();
        if (json != null) {
            JSON.readTree(json)
                    .properties()
                    .forEach(sku -> held.put(sku.getKey(), sku.getValue().asLong()));
        }
        return held;
    }

    private static List<Finding> findings(OrderState order) {
        List<Finding> findings = new ArrayList<>();
        if (order.stands() && !order.isPaid()) {
            findings.add(Finding.atOnce(
                    AuditRule.CONFIRMED_IS_CAPTURED,
                    Subjects.order(order.orderId),
                    List.of(order.orderId),
                    "order %s is %s, but %s".formatted(order.orderId, order.status, order.paymentInWords())));
        }
        if (!order.stands() && !order.led && HELD_OR_TAKEN.contains(order.payment())) {
            findings.add(order.finding(
                    AuditRule.MONEY_HAS_AN_ORDER,
                    "order %s is %s, its payment is %s, and nobody is giving the money back"
                            .formatted(order.orderId, order.status(), order.payment)));
        }
        if (order.placed && !order.led && (OPEN.contains(order.status()) || order.isBeingUndone())) {
            findings.add(order.finding(
                    AuditRule.OPEN_ORDERS_LED,
                    "order %s is %s%s, and nobody leads it: it has no saga, no deadline, and is not parked"
                            .formatted(order.orderId, order.status, order.cancelled ? " and to be cancelled" : "")));
        }
        String wrong = order.wronglyHeld();
        if (wrong != null) {
            findings.add(order.finding(AuditRule.RESERVATIONS_MATCH_ORDERS, wrong));
        }
        return findings;
    }

    /** What the read models, the sagas and the reservations say of an order. */
    private record OrderState(
            UUID orderId,
            @Nullable String status,
            boolean cancelled,
            boolean placed,
            Map<String, Long> ordered,
            @Nullable BigDecimal total,
            @Nullable String currency,
            @Nullable String payment,
            @Nullable BigDecimal amount,
            @Nullable String paidCurrency,
            boolean led,
            boolean parked,
            @Nullable String step,
            Map<String, Long> held,
            long version) {

        @Override
        public String status() {
            return status == null ? "UNKNOWN" : status;
        }

        @Override
        public String payment() {
            return payment == null ? "NONE" : payment;
        }

        boolean stands() {
            return STANDING.contains(status());
        }

        /** A shipped order takes no notice of a cancellation. */
        boolean isBeingUndone() {
            return cancelled && status().equals("CONFIRMED");
        }

        boolean isPaid() {
            return ONCE_CAPTURED.contains(payment())
                    && total != null
                    && amount != null
                    && total.compareTo(amount) == 0
                    && currency != null
                    && currency.equals(paidCurrency);
        }

        String paymentInWords() {
            return payment == null
                    ? "it has no payment"
                    : ONCE_CAPTURED.contains(payment)
                            ? "%s %s were taken of %s %s".formatted(amount, paidCurrency, total, currency)
                            : "its payment is " + payment;
        }

        @Nullable
        String wronglyHeld() {
            if (!held.isEmpty() && !placed) {
                return "%s are set aside for order %s, which nobody placed".formatted(inWords(held), orderId);
            }
            if (!held.isEmpty() && !led) {
                return "%s are set aside for order %s, which is %s and nobody leads any more"
                        .formatted(inWords(held), orderId, status());
            }
            boolean allSetAside = ALL_SET_ASIDE.contains(step == null ? "" : step) && !parked;
            boolean right = allSetAside
                    ? held.equals(ordered)
                    : held.entrySet().stream()
                            .allMatch(pieces -> pieces.getValue().equals(ordered.get(pieces.getKey())));
            return right
                    ? null
                    : "%s are set aside for order %s, which needs %s"
                            .formatted(inWords(held), orderId, inWords(ordered));
        }

        private static String inWords(Map<String, Long> pieces) {
            return pieces.isEmpty()
                    ? "no pieces"
                    : pieces.entrySet().stream()
                            .map(entry -> entry.getValue() + " × " + entry.getKey())
                            .collect(joining(", "));
        }

        Finding finding(AuditRule rule, String details) {
            String fingerprint =
                    String.join(" ", status(), payment(), String.valueOf(step), held.toString()) + " " + version;
            return Finding.onceAllHaveCaughtUp(rule, Subjects.order(orderId), List.of(orderId), details, fingerprint);
        }
    }
}
