package io.orderworkflow.api.audit;

/**
 * Asks what the auditor found; answered by an {@link AuditReport}.
 *
 * @param run whether it has to look now, before it answers
 */
public record FindAuditReport(boolean run) {}
