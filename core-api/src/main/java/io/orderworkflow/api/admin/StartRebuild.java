package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator has the read models of a processor rebuilt beside the live ones. Refused with {@code UNKNOWN} if there is
 * no such processor, and with {@code REBUILD_REFUSED} if it does more than write read models, or a rebuild is under way.
 *
 * @param processor name of the processor that writes the read models
 * @param automatic whether the new generation takes the place of the old one as soon as it is filled and compared
 */
public record StartRebuild(@RoutingKey String processor, boolean automatic) {}
