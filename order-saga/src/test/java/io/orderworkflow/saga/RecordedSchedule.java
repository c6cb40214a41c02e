package io.orderworkflow.saga;

import io.orderworkflow.platform.schedule.CommandSchedule;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A schedule that a test can look at. */
final class RecordedSchedule implements CommandSchedule {

    private final Map<String, Scheduled> scheduled = new HashMap<>();

    @Override
    public void schedule(String name, Instant due, Object command) {
        scheduled.put(name, new Scheduled(due, command));
    }

    @Override
    public void cancel(String name) {
        scheduled.remove(name);
    }

    Map<String, Scheduled> all() {
        return scheduled;
    }

    record Scheduled(Instant due, Object command) {}
}
