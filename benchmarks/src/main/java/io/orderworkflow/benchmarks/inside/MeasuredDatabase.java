package io.orderworkflow.benchmarks.inside;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The database that is measured, and what it tells of the orders. */
final class MeasuredDatabase {

    private static final long NANOS_A_TICK = 10_000_000;
    private static final int PARENT = 1;
    private static final int USER_TIME = 11;
    private static final int CHILDREN = 13;
    private static final int TIMES = 2;

    private final Connection connection;
    private final long postmaster;

    /**
     * Takes a database.
     *
     * @param folder where the server has its data
     */
    MeasuredDatabase(Connection connection, Path folder) throws SQLException {
        this.connection = connection;
        try {
            this.postmaster = Long.parseLong(
                    Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (!text("show " + setting).equals("on")) {
                throw new IllegalStateException(setting + " is not on: no figure would mean anything");
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** How many orders are in a status of that kind, as the read model tells. */
    long settled() throws SQLException {
        return orders("status in ('CONFIRMED', 'REJECTED')");
    }

    private long orders(String which) throws SQLException {
        return Long.parseLong(text("select coalesce(sum(orders), 0) from orders.order_count where " + which));
    }

    /** Which of those orders are shown as settled. */
    List<UUID> settledOf(Collection<UUID> orders) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select order_id from orders.order_progress"
                + " where order_id = any(?) and status in ('CONFIRMED', 'REJECTED')")) {
            Array ids = connection.createArrayOf("uuid", orders.toArray());
            statement.setArray(1, ids);
            try (ResultSet result = statement.executeQuery()) {
                List<UUID> settled = new ArrayList<>();
                while (result.next()) {
                    settled.add(result.getObject(1, UUID.class));
                }
                return settled;
            }
        }
    }

    /** How often some of a product was set aside for an order. */
    long reservations(Sku sku) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select count(*) from domain_event_entry
                where aggregate_identifier = ? and payload_type like '%StockReserved'
                """)) {
            statement.setString(1, StockCommand.stockItemId(sku));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** What is wrong with orders and stock; empty if nothing is. */
    String problem(BenchOrders expected) throws SQLException {
        long rejected = Long.parseLong(text("select count(*) from orders.order_progress where status = 'REJECTED'"));
        long confirmed = Long.parseLong(text("select count(*) from orders.order_progress where status = 'CONFIRMED'"));
        if (rejected != expected.declined() || confirmed != expected.taken() - expected.declined()) {
            return "%d confirmed, %d rejected of %d".formatted(confirmed, rejected, expected.taken());
        }
        Map<String, long[]> stock = stock();
        for (int sku = 0; sku < expected.skus(); sku++) {
            long[] is = stock.getOrDefault(BenchOrders.sku(sku).toString(), new long[TIMES]);
            if (is[0] != expected.left(sku) || is[1] != 0) {
                return "%d of %s on hand instead of %d, %d reserved"
                        .formatted(is[0], BenchOrders.sku(sku), expected.left(sku), is[1]);
            }
        }
        return "";
    }

    private Map<String, long[]> stock() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select sku, on_hand, reserved from inventory.stock_view")) {
            Map<String, long[]> stock = new HashMap<>();
            while (result.next()) {
                stock.put(result.getString(1), new long[] {result.getLong(2), result.getLong(TIMES + 1)});
            }
            return stock;
        }
    }

    Counters counters() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("""
                        select (select sum(xact_commit) from pg_stat_database),
                            pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
                            pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
                        """)) {
            result.next();
            return new Counters(result.getLong(1), result.getLong(2), result.getLong(TIMES + 1));
        }
    }

    /** Processor time of the server and all of its processes, living and ended. */
    long cpuNanos() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return NANOS_A_TICK
                    * processes
                            .filter(process -> process.getFileName().toString().matches("\\d+"))
                            .mapToLong(this::ticks)
                            .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long ticks(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean isPostmaster = Long.parseLong(process.getFileName().toString()) == postmaster;
            if (!isPostmaster && Long.parseLong(fields[PARENT]) != postmaster) {
                return 0;
            }
            long ticks = 0;
            for (int i = USER_TIME; i < (isPostmaster ? CHILDREN + TIMES : CHILDREN); i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks;
        } catch (IOException ended) {
            return 0;
        }
    }

    /**
     * What the server has counted since it was made.
     *
     * @param commits transactions of any kind; of idle sessions up to ten seconds late
     * @param writes transactions that have written
     * @param wal bytes of its log
     */
    record Counters(long commits, long writes, long wal) {}
}
