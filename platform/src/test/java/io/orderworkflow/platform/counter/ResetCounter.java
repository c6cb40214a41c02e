package io.orderworkflow.platform.counter;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Begins anew; refused where the counter is unknown, or at 0 already. */
public record ResetCounter(@TargetAggregateIdentifier String counterId) {}
