package io.orderworkflow.query.audit;

import io.orderworkflow.api.audit.AuditRule;

/** What a breach is known by. */
record BreachKey(AuditRule rule, String subject) {}
