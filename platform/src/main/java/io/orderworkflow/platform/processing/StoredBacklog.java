package io.orderworkflow.platform.processing;

import java.time.Instant;
import java.util.Optional;
import org.axonframework.common.DateTimeUtils;
import org.springframework.jdbc.core.JdbcTemplate;

/** Events in the database. */
final class StoredBacklog implements Backlog {

    /**
     * Beyond these, positions are counted, of which a rollback leaves some unused: that matters where there is little, and
     * under load it is asked for ten times a second.
     */
    private static final long COUNTED = 100;

    private static final String COUNT =
            "select count(*) from (select 1 from domain_event_entry where global_index > ? limit ?) as event";
    private static final String FIRST =
            "select time_stamp from domain_event_entry where global_index > ? order by global_index limit 1";

    private final JdbcTemplate jdbc;

    StoredBacklog(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long eventsAfter(long position, long head) {
        if (head <= position) {
            return 0;
        }
        Long counted = jdbc.queryForObject(COUNT, Long.class, position, COUNTED);
        return counted == null || counted == COUNTED ? head - position : counted;
    }

    @Override
    public Optional<Instant> firstAfter(long position) {
        return jdbc.queryForList(FIRST, String.class, position).stream()
                .map(DateTimeUtils::parseInstant)
                .findFirst();
    }
}
