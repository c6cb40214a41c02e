package io.orderworkflow.platform.counter;

import org.axonframework.serialization.Revision;

/** A counter went on, to the given count. */
@Revision("1")
public record CounterIncreased(String counterId, String reason, long count) {}
