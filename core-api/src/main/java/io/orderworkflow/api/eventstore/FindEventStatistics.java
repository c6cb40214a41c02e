package io.orderworkflow.api.eventstore;

/** Asks how much is stored; answered by an {@link EventStatistics}. */
public record FindEventStatistics() {}
