package io.orderworkflow.platform.counter;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Counts on, from 0 where nothing was counted yet. */
public record IncreaseCounter(@TargetAggregateIdentifier String counterId, String reason) {}
