package io.orderworkflow.payment.builtin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which scenarios are switched on, in the database, for all processes to know. */
final class FaultTable {

    private final JdbcTemplate jdbc;

    FaultTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that are on, by name. */
    Map<String, On> on() {
        List<On> rows = jdbc.query(
                "select name, switched_on_at, switched_on_by from fault_scenario",
                (row, number) -> new On(row.getString(1), row.getTimestamp(2).toInstant(), row.getString(3)));
        return rows.stream().collect(Collectors.toMap(On::scenario, Function.identity()));
    }

    void switchOn(String scenario, String by) {
        jdbc.update("""
                insert into fault_scenario (name, switched_on_by) values (?, ?)
                on conflict (name) do update set
                    switched_on_at = excluded.switched_on_at, switched_on_by = excluded.switched_on_by
                """, scenario, by);
    }

    void switchOff(String scenario) {
        jdbc.update("delete from fault_scenario where name = ?", scenario);
    }

    /**
     * A scenario that is on.
     *
     * @param scenario its name
     * @param since when it was switched on
     * @param by who switched it on
     */
    record On(String scenario, Instant since, String by) {}
}
