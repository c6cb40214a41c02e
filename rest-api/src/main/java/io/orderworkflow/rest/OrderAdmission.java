package io.orderworkflow.rest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.api.admin.FindProcessors;
import io.orderworkflow.api.admin.ProcessorView;
import io.orderworkflow.api.admin.Processors;
import io.orderworkflow.rest.RestProperties.Admission;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Turns orders away while those that were accepted are not kept up with: whoever is let in is served as always, instead
 * of everybody waiting longer and longer.
 *
 * <p>What counts is how many events those are behind who take orders further, wherever they run. It is looked at while
 * orders come or the gauge is read, and beside them: none waits for that. Whoever stands still, is paused, or fails, is
 * not overloaded; orders wait for it as for any part that is away.
 */
final class OrderAdmission {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** What was seen so long ago says nothing any more. */
    private static final Duration HOLDS_FOR = Duration.ofSeconds(3);

    /** How many are told to come again within the same second: else all would, however many they are. */
    private static final long RETURNING_AT_ONCE = 200;

    private static final long LONGEST_RETRY_SECONDS = 10;

    private static final String OWN_CORRELATION_ID = "order-admission";

    private final Gateways gateways;
    private final Admission settings;
    private final Counter turnedAway;
    private final AtomicLong looked = new AtomicLong(System.nanoTime() - HOLDS_FOR.toNanos());
    private final AtomicLong turnedAwayInARow = new AtomicLong();
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
            long seconds = 1 + turnedAwayInARow.getAndIncrement() / RETURNING_AT_ONCE;
            throw ProblemException.passing(ProblemType.OVERLOADED, Math.min(seconds, LONGEST_RETRY_SECONDS));
        }
        turnedAwayInARow.setRelease(0);
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
        Origin nobody = Origin.anonymous(OWN_CORRELATION_ID);
        List<CompletableFuture<Long>> behind = settings.processors().stream()
                .map(name -> gateways.ask(new FindProcessors(name), Processors.class, nobody)
                        .thenApply(OrderAdmission::behind))
                .toList();
        var unused = CompletableFuture.allOf(behind.toArray(CompletableFuture[]::new))
                .thenAccept(all -> see(
                        behind.stream().mapToLong(CompletableFuture::join).max().orElse(0)));
    }

    private static long behind(Processors processors) {
        return processors.items().stream()
                .filter(processor -> processor.running() && processor.pause() == null)
                .flatMap(OrderAdmission::atWork)
                .mapToLong(ProcessorView.Segment::lag)
                .max()
                .orElse(0);
    }

    private static Stream<ProcessorView.Segment> atWork(ProcessorView processor) {
        return processor.segments().stream().filter(segment -> segment.owner() != null && segment.error() == null);
    }

    /** Once full, it has to get half empty: else it would be full again with the next few. */
    private void see(long behind) {
        long most = seen.full() ? settings.mostEventsBehind() / 2 : settings.mostEventsBehind();
        seen = new Seen(System.nanoTime(), behind > most);
    }

    private record Seen(long at, boolean full) {}
}
