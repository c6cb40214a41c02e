package io.orderworkflow.api.fault;

import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * An operator has orders placed: products of the catalogue, paid with a mix of the built-in provider's tokens, by the same
 * commands as a client's. It ends with the program that carries it out. Refused with {@code FAULTS_DISABLED} where no
 * faults can be made, and with {@code DEMO_ORDERS_RUNNING} while orders are being placed already.
 *
 * @param perSecond orders a second, {@link #SLOWEST} to {@link #FASTEST}
 * @param seconds for how long, 1 to {@link #LONGEST_SECONDS}; {@code null} until it is stopped
 */
public record StartDemoOrders(double perSecond, @Nullable Integer seconds) {

    /** The fewest orders a second. */
    public static final double SLOWEST = 0.1;

    /** The most orders a second. */
    public static final double FASTEST = 50;

    /** The longest time: a day. */
    public static final int LONGEST_SECONDS = 86_400;

    /** There is one driver: whoever carries it out is the same for all of them. */
    @RoutingKey
    public String driver() {
        return StopDemoOrders.DRIVER;
    }
}
