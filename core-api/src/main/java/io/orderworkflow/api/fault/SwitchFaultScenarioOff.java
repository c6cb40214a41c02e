package io.orderworkflow.api.fault;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator has a scenario end, on every node within half a second. Nothing happens if it is not switched on. Refused
 * with {@code UNKNOWN} if there is no such scenario, and with {@code FAULTS_DISABLED} where no faults can be made.
 *
 * @param scenario its name
 */
public record SwitchFaultScenarioOff(@RoutingKey String scenario) {}
