package io.orderworkflow.platform.processing;

import io.orderworkflow.api.admin.ProcessorView;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which processors are to be paused, on every node. */
final class ProcessorPauses {

    private static final String FIND = "select processor_name, since, user_id, correlation_id from processor_pause";
    private static final String PAUSE = """
            insert into processor_pause (processor_name, since, user_id, correlation_id) values (?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final String RESUME = "delete from processor_pause where processor_name = ?";

    private final JdbcTemplate jdbc;

    ProcessorPauses(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, ProcessorView.Pause> all() {
        Map<String, ProcessorView.Pause> pauses = new HashMap<>();
        jdbc.query(FIND, row -> {
            pauses.put(
                    row.getString(1),
                    new ProcessorView.Pause(row.getTimestamp(2).toInstant(), row.getString(3), row.getString(4)));
        });
        return pauses;
    }

    boolean has(String processor) {
        return all().containsKey(processor);
    }

    void pause(String processor, Operator operator, Instant now) {
        jdbc.update(PAUSE, processor, Timestamp.from(now), operator.userId(), operator.correlationId());
    }

    void resume(String processor) {
        jdbc.update(RESUME, processor);
    }
}
