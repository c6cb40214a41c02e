package io.orderworkflow.benchmarks;

import io.orderworkflow.benchmarks.WorkflowApi.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Makes many orders out of some that were placed, with the same events: to place a million takes hours. Only what the
 * orders' projection reads is right in the copies; nobody else may handle them.
 */
final class Copies {

    // A name-based UUID as Java makes it, as that of a payment is.
    private static final String NAMED_UUID = """
            create or replace function pg_temp.named_uuid(name text) returns text language sql immutable as $$
                select (substr(hash, 1, 12) || '3' || substr(hash, 14, 3)
                    || to_hex((('x' || substr(hash, 17, 2))::bit(8)::int & 63) | 128) || substr(hash, 19))::uuid::text
                from (select md5(name) as hash) as hashed
            $$
            """;

    private static final String TEMPLATES = """
            create temporary table template as
            select *, payload_text::jsonb ->> 'orderId' as order_id,
                pg_temp.named_uuid('payment/' || (payload_text::jsonb ->> 'orderId')) as payment_id
            from (select *, convert_from(payload, 'UTF8') as payload_text from domain_event_entry) as event
            where global_index <= ? and payload_text::jsonb ?? 'orderId'
            """;

    private static final String EVENTS = """
            insert into domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, time_stamp,
                payload_type, payload_revision, payload, meta_data)
            select
                case aggregate_identifier
                    when template.order_id then copy.order_id
                    when template.payment_id then copy.payment_id
                    else aggregate_identifier || '~' || number
                end,
                sequence_number, type, event_identifier || '~' || number,
                to_char((time_stamp::timestamptz - number * interval '3 hours') at time zone 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                payload_type, payload_revision,
                convert_to(replace(replace(payload_text, template.order_id, copy.order_id),
                    template.payment_id, copy.payment_id), 'UTF8'),
                meta_data
            from generate_series(?, ?) as number
            cross join template
            cross join lateral (
                select md5(order_id || number)::uuid::text,
                    pg_temp.named_uuid('payment/' || md5(order_id || number)::uuid::text)
            ) as copy (order_id, payment_id)
            order by number, global_index
            """;

    private static final String[] ROWS = {
        """
            insert into orders.placed_order
            select md5(order_id::text || 'row' || number)::uuid, md5(payment_id::text || 'row' || number)::uuid,
                customer_id || '-' || number, lines, total, currency, shipping_address,
                placed_at - number * interval '41 days'
            from orders.placed_order cross join generate_series(1, ?) as number
        """, """
            insert into orders.order_sku
            select sku, placed_at - number * interval '41 days', md5(order_id::text || 'row' || number)::uuid
            from orders.order_sku cross join generate_series(1, ?) as number
            order by 1, 2, 3
        """, """
            insert into orders.order_progress
            select (jsonb_populate_record(progress, jsonb_build_object(
                'order_id', md5(order_id::text || 'row' || number)::uuid,
                'placed_at', placed_at - number * interval '41 days',
                'settled_at', settled_at - number * interval '41 days'))).*
            from orders.order_progress as progress cross join generate_series(1, ?) as number
        """, """
            insert into orders.payment_view
            select (jsonb_populate_record(payment, jsonb_build_object(
                'order_id', md5(order_id::text || 'row' || number)::uuid,
                'payment_id', md5(payment_id::text || 'row' || number)::uuid))).*
            from orders.payment_view as payment cross join generate_series(1, ?) as number
        """, """
            insert into orders.order_count
            select date_trunc('hour', placed_at, 'UTC'), status, currency, count(*), sum(total)
            from orders.order_progress
            where placed_at < (select min(hour) from orders.order_count) and ? > 0
            group by 1, 2, 3
        """,
    };

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

    /** How many copies are made with one statement, which sorts them. */
    private static final int AT_ONCE = 100;

    /** Whoever acts on events has handled them all. */
    private static final String PASS = """
            update token_entry
            set token = convert_to(regexp_replace(convert_from(token, 'UTF8'), '"index":\\d+',
                '"index":' || (select max(global_index) from domain_event_entry)), 'UTF8')
            where processor_name not like 'order-view%'
            """;

    private Copies() {}

    /** Places all orders of a workload, to be copied, and waits until they are settled. */
    static void placeTemplates(WorkflowApi api, Workload workload) {
        Stock stock = new Stock(api, SETTLED_WITHIN);
        workload.allSkus().forEach(sku -> stock.supply(sku, "Product " + sku, workload.stock()));
        List<CompletableFuture<Answer>> placed = IntStream.range(0, workload.orders())
                .mapToObj(workload::order)
                .map(order -> api.place(order.key(), order.body(), SETTLED_WITHIN))
                .toList();
        placed.forEach(answer -> answer.join().expecting(201));
    }

    /**
     * Copies the events of the orders that there are up to a position; how many events there are then.
     *
     * @param from the number of the first copy
     * @param to the number of the last
     */
    static long ofEvents(Connection database, long position, int from, int to) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(NAMED_UUID);
            statement.execute("drop table if exists template");
            execute(database, TEMPLATES, position);
            for (int first = from; first <= to; first += AT_ONCE) {
                execute(database, EVENTS, first, Math.min(first + AT_ONCE - 1, to));
            }
            statement.execute(PASS);
            statement.execute("vacuum analyze domain_event_entry");
            return head(database);
        }
    }

    /** The position of the last event. */
    static long head(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet head = statement.executeQuery("select max(global_index) from domain_event_entry")) {
            head.next();
            return head.getLong(1);
        }
    }

    /** As many more rows as there are in the list of orders, so many times. */
    static void ofRows(Connection database, int times) throws SQLException {
        for (String rows : ROWS) {
            execute(database, rows, times);
        }
        try (Statement statement = database.createStatement()) {
            for (String table :
                    new String[] {"placed_order", "order_sku", "order_progress", "payment_view", "order_count"}) {
                statement.execute("vacuum analyze orders." + table);
            }
        }
    }

    /** Does at once what a database that has grown slowly has done by and by. */
    static void tidyUp(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            // Nobody has followed the copies. Telling of millions of events at once is no part of what an order costs.
            statement.execute("delete from projection_telling");
            statement.execute("vacuum analyze");
        }
    }

    private static void execute(Connection database, String sql, long... numbers) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < numbers.length; i++) {
                statement.setLong(i + 1, numbers[i]);
            }
            statement.executeUpdate();
        }
    }
}
