package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator has an event processor paused: on every node, and over restarts, until it is resumed. What it has begun is
 * finished. Repeating it has no effect. Refused with {@code UNKNOWN} if there is no such processor. Recorded with who
 * asked.
 *
 * @param processor its name
 */
public record PauseProcessor(@RoutingKey String processor) {}
