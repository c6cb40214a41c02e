package io.orderworkflow.api.admin;

/**
 * Asks for the rebuild of the read models of a processor. Answered by a {@link RebuildView}, or nothing if there is
 * none.
 *
 * @param processor name of the processor
 */
public record FindRebuild(String processor) {}
