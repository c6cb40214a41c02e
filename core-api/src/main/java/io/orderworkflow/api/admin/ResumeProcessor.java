package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator has a paused event processor go on from where it was. Repeating it has no effect. Refused with
 * {@code UNKNOWN} if there is no such processor. Recorded with who asked.
 *
 * @param processor its name
 */
public record ResumeProcessor(@RoutingKey String processor) {}
