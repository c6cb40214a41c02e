package io.orderworkflow.payment.provider;

import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which workers are alive, in the database: what a dead one had leased, others may take. */
final class LivingWorkers {

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final JdbcTemplate jdbc;

    LivingWorkers(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Says that a worker is alive, and will be regarded so for a while unless it says so again. */
    void isAlive(String worker, Duration regardedSo) {
        jdbc.update("""
                insert into payment_provider_worker as w (worker, alive_until)
                values (?, clock_timestamp() + ? * interval '1 millisecond')
                on conflict (worker) do update set alive_until = excluded.alive_until
                """, worker, regardedSo.toMillis());
    }

    /** Says that a worker has ended in good order, and clears away those that ended otherwise. */
    void hasEnded(String worker) {
        jdbc.update(
                "delete from payment_provider_worker where worker = ? or alive_until < now() - ? * interval '1 second'",
                worker,
                FORGOTTEN_AFTER.toSeconds());
    }
}
