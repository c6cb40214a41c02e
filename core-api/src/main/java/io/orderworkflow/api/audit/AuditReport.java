package io.orderworkflow.api.audit;

import io.orderworkflow.api.OrderId;
import java.time.Instant;
import java.util.List;

/**
 * What the auditor found.
 *
 * @param enabled whether it is switched on; if not, it has nothing to tell
 * @param openBreaches how many promises are broken
 * @param suspicions how many more things look wrong so far, as they do where one read model is behind another; what
 *     still does once all of them have caught up is a breach
 * @param breaches the open breaches, the oldest first, {@link #MAX_BREACHES} at the most
 * @param runs the last runs, the latest first
 */
public record AuditReport(boolean enabled, long openBreaches, long suspicions, List<Breach> breaches, List<Run> runs) {

    /** The most breaches that a report has room for. */
    public static final int MAX_BREACHES = 200;

    /** Creates the report. */
    public AuditReport {
        breaches = List.copyOf(breaches);
        runs = List.copyOf(runs);
    }

    /**
     * A promise that is broken.
     *
     * @param rule what was checked
     * @param subject what it was checked of, such as {@code stock:SKU-7}
     * @param orders the orders concerned
     * @param firstSeen when it was seen first
     * @param lastSeen when it was seen last
     * @param details what was found, in words
     */
    public record Breach(
            AuditRule rule, String subject, List<OrderId> orders, Instant firstSeen, Instant lastSeen, String details) {

        /** Creates the breach. */
        public Breach {
            orders = List.copyOf(orders);
        }
    }

    /**
     * A run of the auditor.
     *
     * @param startedAt when it began
     * @param durationMillis how long it took
     * @param changedOrders orders that had changed since the run before
     * @param changedSkus SKUs whose stock had changed since the run before
     * @param compared rows that were compared with their events
     * @param rowsRead rows that the database read for it
     * @param openBreaches promises that were broken when it ended
     */
    public record Run(
            Instant startedAt,
            long durationMillis,
            long changedOrders,
            long changedSkus,
            long compared,
            long rowsRead,
            long openBreaches) {}
}
