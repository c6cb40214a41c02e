package io.orderworkflow.api.fault;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator has the built-in payment provider behave as a scenario says, on every node within half a second, until it is
 * switched off; over restarts too. Switched on already, it begins anew. Refused with {@code UNKNOWN} if there is no such
 * scenario, and with {@code FAULTS_DISABLED} where no faults can be made.
 *
 * @param scenario its name
 */
public record SwitchFaultScenarioOn(@RoutingKey String scenario) {}
