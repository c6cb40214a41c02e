package io.orderworkflow.platform.projection;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The filling of a generation by this node, in a thread of its own. */
final class Filling {

    private static final Logger LOG = LoggerFactory.getLogger(Filling.class);
    private static final long LAST_BATCH_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final Filler filler;
    private final Thread thread;

    private Filling(Filler filler) {
        this.filler = filler;
        this.thread = new Thread(this::run, "rebuild-filler");
        thread.setDaemon(true);
    }

    static Filling begun(Filler filler) {
        Filling filling = new Filling(filler);
        filling.thread.start();
        return filling;
    }

    private void run() {
        try {
            filler.run();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            LOG.warn("a generation could not be filled; it is tried again", failed);
        }
    }

    boolean isOver() {
        return !thread.isAlive();
    }

    void stop() {
        filler.stop();
        try {
            thread.join(LAST_BATCH_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
