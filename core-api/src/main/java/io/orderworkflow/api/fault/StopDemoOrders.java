package io.orderworkflow.api.fault;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator has no more orders placed, within a second. Nothing happens if none are. Refused with
 * {@code FAULTS_DISABLED} where no faults can be made.
 */
public record StopDemoOrders() {

    static final String DRIVER = "demo-orders";

    /** There is one driver: whoever carries it out is the same for all of them. */
    @RoutingKey
    public String driver() {
        return DRIVER;
    }
}
