package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator has the new generation of read models take the place of the old one. Refused with {@code UNKNOWN} if there is
 * no such processor, and with {@code REBUILD_REFUSED} unless the new one is ready.
 *
 * @param processor name of the processor that writes the read models
 */
public record SwitchRebuild(@RoutingKey String processor) {}
