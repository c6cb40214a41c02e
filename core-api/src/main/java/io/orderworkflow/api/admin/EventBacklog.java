package io.orderworkflow.api.admin;

/**
 * What event processors have before them. Whoever stands still, is paused, or fails, does not count: how much there is
 * says nothing of whether they keep up.
 *
 * @param events how many positions in the stream of events are between the last of all and the one that the furthest
 *     behind of them has come to; a rollback leaves some of them without an event. 0 if none of them is at work
 */
public record EventBacklog(long events) {}
