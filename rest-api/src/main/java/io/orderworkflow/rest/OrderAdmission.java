package io.orderworkflow.rest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.api.admin.EventBacklog;
import io.orderworkflow.api.admin.FindBacklog;
import io.orderworkflow.rest.RestProperties.Admission;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns orders away while those that were accepted are not kept up with: whoever is let in is served as always, instead
 * of everybody waiting longer and longer. It is looked at often, and little has to go before orders are let in again: in
 * a tenth of a second everything that was let in may be done, and then there would be nothing to do.
 *
 * <p>What counts is how many events those are behind who take orders further, wherever they run. It is looked at while
 * orders come or the gauge is read, and beside them: none waits for that. Whoever stands still, is paused, or fails, is
 * not overloaded; orders wait for it as for any part that is away.
 */
final class OrderAdmission {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** What was seen so long ago says nothing any more. */
    private static final Duration HOLDS_FOR = Duration.ofSeconds(3);

    private static final String OWN_CORRELATION_ID = "order-admission";

    private final Gateways gateways;
    private final Admission settings;
    private final Counter turnedAway;
    private final AtomicLong looked = new AtomicLong(System.nanoTime() - HOLDS_FOR.toNanos());
    private final ReturnTimes returnTimes = new ReturnTimes(System::nanoTime);
    private volatile Seen seen = new Seen(System.nanoTime(), false);

    OrderAdmission(Gateways gateways, RestProperties properties, MeterRegistry registry) {
        this.gateways = gateways;
        this.settings = properties.admission();
        this.turnedAway = Counter.builder("order.workflow.orders.turned.away")
                .description("Orders that were turned away because those before them were not kept up with")
                .register(registry);
        Gauge.builder("order.workflow.orders.admitted", () -> isOpen() ? 1 : 0)
                .description("Whether orders are let in")
                .register(registry);
    }

    /**
     * Lets an order in.
     *
     * @throws ProblemException if there are too many before it
     */
    void admit() {
        if (!isOpen()) {
            turnedAway.increment();
            throw ProblemException.passing(ProblemType.OVERLOADED, returnTimes.secondsToNext());
        }
    }

    private boolean isOpen() {
        if (settings.mostEventsBehind() == 0) {
            return true;
        }
        long now = System.nanoTime();
        long last = looked.get();
        if (now - last >= LOOK_EVERY.toNanos() && looked.compareAndSet(last, now)) {
            look();
        }
        return !isFull();
    }

    private boolean isFull() {
        Seen last = seen;
        return last.full() && System.nanoTime() - last.at() < HOLDS_FOR.toNanos();
    }

    private void look() {
        var unused = gateways.ask(
                        new FindBacklog(settings.processors()),
                        EventBacklog.class,
                        Origin.anonymous(OWN_CORRELATION_ID))
                .thenAccept(backlog -> see(backlog.events()));
    }

    /** Once full, some of it has to go: else it would be full again with the next few. */
    private void see(long behind) {
        long most = seen.full() ? settings.mostEventsBehind() * 9 / 10 : settings.mostEventsBehind();
        seen = new Seen(System.nanoTime(), behind > most);
    }

    private record Seen(long at, boolean full) {}
}
