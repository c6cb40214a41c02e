package io.orderworkflow.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes when a test wants it to. */
public final class AdjustableClock extends Clock {

    private volatile Instant now;

    /** Creates a clock that shows that time. */
    public AdjustableClock(Instant now) {
        this.now = now;
    }

    /** Lets time pass. */
    public void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
