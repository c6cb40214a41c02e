package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator has the old generation of read models take its place again. Refused with {@code UNKNOWN} if there is no such
 * processor, and with {@code REBUILD_REFUSED} if there is no old generation any more.
 *
 * @param processor name of the processor that writes the read models
 */
public record SwitchRebuildBack(@RoutingKey String processor) {}
