package io.orderworkflow.query.audit;

import io.orderworkflow.api.audit.AuditRule;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Something that looks wrong.
 *
 * @param rule what it is against
 * @param subject what it is about
 * @param orders the orders concerned
 * @param details what is wrong, in words
 * @param fingerprint what it was found by: while that stays the same, so does the finding
 * @param certainty what it takes to be a breach
 */
record Finding(
        AuditRule rule, String subject, List<UUID> orders, String details, String fingerprint, Certainty certainty) {

    /** What a finding takes to be a breach. */
    enum Certainty {
        /** Nothing: what it contradicts is written by one processor, in one transaction. */
        AT_ONCE,
        /** Nothing has changed about it, while all processors passed what had happened when it was seen first. */
        WHEN_ALL_HAVE_CAUGHT_UP,
        /** It lasts for longer than the grace. */
        WHEN_IT_LASTS
    }

    static Finding atOnce(AuditRule rule, String subject, Collection<UUID> orders, String details) {
        return new Finding(rule, subject, List.copyOf(orders), details, "", Certainty.AT_ONCE);
    }

    static Finding onceAllHaveCaughtUp(
            AuditRule rule, String subject, Collection<UUID> orders, String details, String fingerprint) {
        return new Finding(rule, subject, List.copyOf(orders), details, fingerprint, Certainty.WHEN_ALL_HAVE_CAUGHT_UP);
    }

    static Finding onceItLasts(
            AuditRule rule, String subject, Collection<UUID> orders, String details, String fingerprint) {
        return new Finding(rule, subject, List.copyOf(orders), details, fingerprint, Certainty.WHEN_IT_LASTS);
    }

    BreachKey key() {
        return new BreachKey(rule, subject);
    }
}
