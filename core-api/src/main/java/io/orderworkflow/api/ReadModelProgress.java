package io.orderworkflow.api;

/**
 * How far a read model is.
 *
 * @param reached whether every event up to the position that was asked for, and that the read model shows, is in it
 */
public record ReadModelProgress(boolean reached) {}
