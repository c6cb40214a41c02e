package io.orderworkflow.platform.projection;

import io.orderworkflow.api.admin.RebuildView.Difference;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares two generations, table by table. Both go on changing, and are not at the same position: rows that differ are
 * looked at again, and again, when both have passed what there was before. Those that were not written since the last
 * time really differ.
 */
final class Differences {

    /** How many rows of a table are looked at again; the first of them stand for all. */
    private static final int CANDIDATES = 10_000;

    private static final int SAMPLE = 20;
    private static final int LOOKS = 5;

    private static final String COMPARISONS =
            "select table_name, key_columns, query from comparisons(?, ?, ?) order by table_name";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;

    /**
     * Creates the comparison.
     *
     * @param limit that a statement may take
     */
    Differences(JdbcTemplate jdbc, PlatformTransactionManager transactions, Duration limit) {
        this.jdbc = jdbc;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setTimeout((int) limit.toSeconds());
    }

    /**
     * Compares them.
     *
     * @param passed waits until both have handled what there is now, and tells whether they have
     */
    List<Difference> of(Generation live, Generation next, BooleanSupplier passed) {
        Map<String, Map<List<String>, Row>> suspects = first(live, next);
        Map<String, Map<List<String>, Row>> certain = new LinkedHashMap<>();
        suspects.keySet().forEach(table -> certain.put(table, new LinkedHashMap<>()));
        for (int look = 0; look < LOOKS && suspects.values().stream().anyMatch(rows -> !rows.isEmpty()); look++) {
            if (!passed.getAsBoolean()) {
                break;
            }
            again(live, next, suspects, certain);
        }
        return suspects.entrySet().stream()
                .map(table ->
                        difference(table.getKey(), certain.getOrDefault(table.getKey(), Map.of()), table.getValue()))
                .toList();
    }

    private Map<String, Map<List<String>, Row>> first(Generation live, Generation next) {
        Map<String, Map<List<String>, Row>> suspects = new LinkedHashMap<>();
        snapshot.executeWithoutResult(looking -> comparisons(live, next, false)
                .forEach(comparison -> suspects.put(
                        comparison.table(), rows(comparison.query() + " limit " + CANDIDATES, List.of()))));
        return suspects;
    }

    /** Strikes off what does not differ any more, and moves what nobody has written since to what certainly does. */
    private void again(
            Generation live,
            Generation next,
            Map<String, Map<List<String>, Row>> suspects,
            Map<String, Map<List<String>, Row>> certain) {
        snapshot.executeWithoutResult(looking -> comparisons(live, next, true).forEach(comparison -> {
            Map<List<String>, Row> before = suspects.getOrDefault(comparison.table(), Map.of());
            if (before.isEmpty()) {
                return;
            }
            List<String[]> keys = new ArrayList<>();
            for (int column = 0; column < comparison.keyColumns(); column++) {
                int index = column;
                keys.add(before.keySet().stream().map(key -> key.get(index)).toArray(String[]::new));
            }
            Map<List<String>, Row> now = rows(comparison.query(), keys);
            Map<List<String>, Row> moving = new LinkedHashMap<>();
            now.forEach((key, row) -> {
                if (row.equals(before.get(key))) {
                    Objects.requireNonNull(certain.get(comparison.table())).put(key, row);
                } else {
                    moving.put(key, row);
                }
            });
            suspects.put(comparison.table(), moving);
        }));
    }

    private List<Comparison> comparisons(Generation live, Generation next, boolean ofKeys) {
        return jdbc.query(
                COMPARISONS,
                (row, number) ->
                        new Comparison(row.getString("table_name"), row.getInt("key_columns"), row.getString("query")),
                live.schema(),
                next.schema(),
                ofKeys);
    }

    private Map<List<String>, Row> rows(String query, List<String[]> keys) {
        Map<List<String>, Row> rows = new LinkedHashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(query);
                    int parameter = 1;
                    for (String[] key : keys) {
                        statement.setArray(parameter++, connection.createArrayOf("text", key));
                    }
                    return statement;
                },
                row -> {
                    Array key = row.getArray("key");
                    rows.put(
                            List.of((String[]) key.getArray()),
                            new Row(row.getString("found_in"), row.getString("live"), row.getString("next")));
                });
        return rows;
    }

    private static Difference difference(String table, Map<List<String>, Row> certain, Map<List<String>, Row> moving) {
        return new Difference(
                table,
                count(certain, "LIVE"),
                count(certain, "NEXT"),
                count(certain, "BOTH"),
                moving.size(),
                certain.keySet().stream()
                        .limit(SAMPLE)
                        .map(key -> String.join("/", key))
                        .toList());
    }

    private static long count(Map<List<String>, Row> rows, String foundIn) {
        return rows.values().stream()
                .filter(row -> row.foundIn().equals(foundIn))
                .count();
    }

    private record Comparison(String table, int keyColumns, String query) {}

    /** What stands for a row in either generation, and for the transaction that wrote it. */
    private record Row(
            String foundIn, @Nullable String live, @Nullable String next) {}
}
