package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator has the generation of read models dropped that is not read: the new one, which gives the rebuild up, or after
 * the switch the old one, which ends it. Refused with {@code UNKNOWN} if there is no such processor, and with {@code
 * REBUILD_REFUSED} if there is no such generation.
 *
 * @param processor name of the processor that writes the read models
 */
public record EndRebuild(@RoutingKey String processor) {}
