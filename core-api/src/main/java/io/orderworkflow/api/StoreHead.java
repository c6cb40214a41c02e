package io.orderworkflow.api;

/**
 * The position of the last event of all.
 *
 * @param position the position; -1 if there are no events
 */
public record StoreHead(long position) {}
