package io.orderworkflow.api;

/**
 * Asks for the position of the last event that is stored; answered by a {@link StoreHead}. Every event of a command that
 * was answered before this is asked is at that position or before it.
 */
public record FindStoreHead() {}
