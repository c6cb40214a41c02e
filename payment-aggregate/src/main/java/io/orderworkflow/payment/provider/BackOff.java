package io.orderworkflow.payment.provider;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: twice as long each time, up to a limit, less up to a half by chance, so that
 * calls which failed together do not come back together.
 *
 * @param initial the most to wait after the first try
 * @param limit the most to wait after any
 * @param chance gives numbers from 0 up to but not including 1
 */
record BackOff(Duration initial, Duration limit, DoubleSupplier chance) {

    private static final int DOUBLINGS = 30;

    /** The delay after so many tries, at least one. */
    Duration after(int tries) {
        int doublings = Math.min(Math.max(tries - 1, 0), DOUBLINGS);
        double uncapped = (double) initial.toMillis() * (1L << doublings);
        double capped = Math.min(uncapped, (double) limit.toMillis());
        return Duration.ofMillis(Math.round(capped * (1 - chance.getAsDouble() / 2)));
    }
}
