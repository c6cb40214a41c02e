package io.orderworkflow.api.fault;

/** Asks which fault scenarios there are, and which of them are switched on; answered by {@link FaultScenarios}. */
public record FindFaultScenarios() {}
