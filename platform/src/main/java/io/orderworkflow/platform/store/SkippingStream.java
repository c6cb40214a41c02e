package io.orderworkflow.platform.store;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that passes over the events that its processor has said it handles none of, as Axon Server does. Each of them
 * would be queued by the processor and taken out again by its worker, to no end. The last of a run of them is handed out
 * where nothing else follows, so that the processor's position moves on.
 */
final class SkippingStream implements TrackingEventStream {

    /** After so many one is handed out all the same: whoever catches up with millions keeps its claim meanwhile. */
    private static final int LONGEST_RUN = 500;

    private final TrackingEventStream stream;
    private final Set<Class<?>> unhandled = new HashSet<>();

    /** What was passed over last, unless it was handed out, or something that is handled follows. */
    private @Nullable TrackedEventMessage<?> passed;

    /** How many were passed over since one was handed out, or something that is handled was found. */
    private int run;

    SkippingStream(TrackingEventStream stream) {
        this.stream = stream;
    }

    @Override
    public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> event) {
        unhandled.add(event.getPayloadType());
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        passOver();
        return passed == null ? stream.peek() : Optional.of(passed);
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        passOver();
        return passed != null || stream.hasNextAvailable(timeout, unit);
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        passOver();
        TrackedEventMessage<?> last = passed;
        passed = null;
        run = 0;
        return last == null ? stream.nextAvailable() : last;
    }

    private void passOver() {
        if (unhandled.isEmpty()) {
            return;
        }
        while (run < LONGEST_RUN) {
            Optional<TrackedEventMessage<?>> next = stream.peek();
            if (next.isEmpty()) {
                return;
            }
            if (!unhandled.contains(next.get().getPayloadType())) {
                passed = null;
                run = 0;
                return;
            }
            passed = taken();
            run++;
        }
    }

    private TrackedEventMessage<?> taken() {
        try {
            return stream.nextAvailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an event was taken that is there", e);
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
