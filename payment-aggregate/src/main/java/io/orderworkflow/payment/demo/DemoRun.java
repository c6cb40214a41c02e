package io.orderworkflow.payment.demo;

import io.orderworkflow.api.inventory.ProductView;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One run of the demo driver: from its start until its time is over, or somebody stops it. */
final class DemoRun {

    private static final long TELLS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CATALOGUE_FOR_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long WAITS_FOR_LAST_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long NEVER = Long.MIN_VALUE;
    private static final int MOST_UNDER_WAY = 200;
    private static final int LONGEST_FAILURE = 200;

    private final UUID run;
    private final double perSecond;
    private final DemoRunTable table;
    private final DemoShopper shopper;
    private final long startedAt = System.nanoTime();
    private final long lastsNanos;
    private final AtomicLong placed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private volatile @Nullable String lastFailure;
    private List<ProductView> catalogue = List.of();
    private long catalogueReadAt;
    private long toldAt = startedAt;
    private long endsSince = NEVER;
    private long number;
    /** Orders that were due while too many were under way: they are left out, or they would all come at once. */
    private long leftOut;

    DemoRun(UUID run, double perSecond, @Nullable Integer seconds, DemoRunTable table, DemoShopper shopper) {
        this.run = run;
        this.perSecond = perSecond;
        this.lastsNanos = seconds == null ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(seconds);
        this.table = table;
        this.shopper = shopper;
    }

    /** Places what is due, and says whether there is more to come. */
    boolean goOn() {
        long now = System.nanoTime();
        if (endsSince != NEVER) {
            return !hasEnded(now);
        }
        long elapsed = Math.min(now - startedAt, lastsNanos);
        long due = (long) (elapsed / 1e9 * perSecond) - number - leftOut;
        for (long order = 0; order < due; order++) {
            if (underWay.get() >= MOST_UNDER_WAY) {
                leftOut += due - order;
                break;
            }
            place(now);
        }
        boolean goesOn = now - startedAt < lastsNanos;
        if (goesOn && now - toldAt >= TELLS_EVERY_NANOS) {
            toldAt = now;
            goesOn = table.goesOn(run, placed.get(), failed.get(), lastFailure);
        }
        if (!goesOn) {
            endsSince = now;
        }
        return true;
    }

    /** Not before it is known what became of the last orders. */
    private boolean hasEnded(long now) {
        boolean ended = underWay.get() == 0 || now - endsSince > WAITS_FOR_LAST_NANOS;
        if (ended) {
            end();
        }
        return ended;
    }

    /** Says that it is over. */
    void end() {
        table.end(run, placed.get(), failed.get(), lastFailure);
    }

    private void place(long now) {
        number++;
        underWay.incrementAndGet();
        order(now).whenComplete(this::ended);
    }

    private CompletionStage<?> order(long now) {
        try {
            if (catalogue.isEmpty() || now - catalogueReadAt > CATALOGUE_FOR_NANOS) {
                catalogue = shopper.catalogue();
                catalogueReadAt = now;
            }
            return shopper.order(run, number, catalogue);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void ended(@Nullable Object accepted, @Nullable Throwable failure) {
        underWay.decrementAndGet();
        if (failure == null) {
            placed.incrementAndGet();
        } else {
            failed.incrementAndGet();
            String words = String.valueOf(failure.getMessage());
            lastFailure = words.substring(0, Math.min(LONGEST_FAILURE, words.length()));
        }
    }
}
