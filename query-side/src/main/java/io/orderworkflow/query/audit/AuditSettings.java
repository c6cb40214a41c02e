package io.orderworkflow.query.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the auditor works.
 *
 * @param enabled whether it does; the same for all processes on one database
 * @param interval between its runs
 * @param grace by how much a deadline may be missed
 * @param sample how many orders, and how many SKUs, a run compares with their events: that many of those that changed,
 *     and that many in turn
 */
@ConfigurationProperties("order-workflow.audit")
record AuditSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("30s") Duration interval,
        @DefaultValue("1m") Duration grace,
        @DefaultValue("10") int sample) {

    /**
     * For how long something may look wrong while a processor that could explain it does not get on. It is told as a
     * breach then: a processor that is stuck must hide nothing.
     */
    Duration patience() {
        return grace.multipliedBy(10);
    }

    /** Whether the auditor was away for so long that nothing can be said to have lasted. */
    boolean isAway(Duration sinceLastRun) {
        return sinceLastRun.compareTo(interval.multipliedBy(3).plus(grace)) > 0;
    }
}
