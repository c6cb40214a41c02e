package io.orderworkflow.platform.counter;

import org.axonframework.serialization.Revision;

/** A counter is at 0 again. */
@Revision("1")
public record CounterReset(String counterId) {}
