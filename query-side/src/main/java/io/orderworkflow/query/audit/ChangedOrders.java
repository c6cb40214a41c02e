package io.orderworkflow.query.audit;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far the auditor has looked at the changes of orders. Moved on by each run, in its own transaction. */
final class ChangedOrders {

    private static final String MARK =
            "select coalesce(max(value::bigint), 0) from audit_mark where name = 'order-change'";
    private static final String COUNT =
            "select coalesce(sum(cardinality(orders)), 0) from order_change where change > ?";
    private static final String MOVE_ON = """
            insert into audit_mark (name, value)
            select 'order-change', max(change) from order_change having count(*) > 0
            on conflict (name) do update set value = excluded.value
            """;
    private static final String BEGIN =
            "insert into audit_mark (name, value) values ('order-change', '0') on conflict do nothing";
    private static final String FORGET = "delete from audit_mark where name = 'order-change'";

    private final JdbcTemplate jdbc;

    ChangedOrders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of the last change that was looked at. */
    long mark() {
        return number(jdbc.queryForObject(MARK, Long.class));
    }

    /** How many changes came after that. */
    long countSince(long mark) {
        return number(jdbc.queryForObject(COUNT, Long.class, mark));
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    /** All that this transaction sees has been looked at. */
    void moveOn() {
        jdbc.update(MOVE_ON);
    }

    /** From now on no change is deleted before it was looked at. */
    void begin() {
        jdbc.update(BEGIN);
    }

    /** Nobody looks: changes are deleted when they are old enough. */
    void forget() {
        jdbc.update(FORGET);
    }
}
