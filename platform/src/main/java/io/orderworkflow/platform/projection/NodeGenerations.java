package io.orderworkflow.platform.projection;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.jspecify.annotations.Nullable;

/** The processors of generations on this node, and what these work with. */
final class NodeGenerations {

    private final EventProcessingConfiguration processing;
    private final ProcessorTokens tokens;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    NodeGenerations(EventProcessingConfiguration processing, ProcessorTokens tokens) {
        this.processing = processing;
        this.tokens = tokens;
    }

    PooledStreamingEventProcessor processor(Generation generation) {
        return processing
                .eventProcessor(generation.processor(), PooledStreamingEventProcessor.class)
                .orElseThrow();
    }

    void stop(Generation generation) {
        PooledStreamingEventProcessor processor = processor(generation);
        if (processor.isRunning()) {
            processor.shutDown();
        }
    }

    void restart(Generation generation) {
        PooledStreamingEventProcessor processor = processor(generation);
        if (processor.isRunning()) {
            processor.shutDown();
            start(generation);
        }
    }

    /** Unless it has no tokens: then it has been dropped, and would make itself new ones. */
    void start(Generation generation) {
        if (!tokens.of(generation.processor()).segments().isEmpty()) {
            processor(generation).start();
        }
    }

    /** The processors here have been told of a rebuild as it is now. */
    void know(Rebuild rebuild) {
        known.merge(rebuild.processor(), Known.of(rebuild), Known::later);
    }

    /**
     * What the processors here know of a rebuild; {@code null} if nothing yet. What was read before they were told of
     * something newer is older than that.
     */
    @Nullable
    Known known(String processor) {
        return known.get(processor);
    }

    /**
     * A rebuild as it is known.
     *
     * @param startedAt when it was begun, or begun anew
     * @param switches how often the generations had changed places since
     */
    record Known(Instant startedAt, int switches) {

        static Known of(Rebuild rebuild) {
            return new Known(rebuild.view().startedAt(), rebuild.switches());
        }

        /** Whether the next generation is another one than was known. Nodes' clocks may differ. */
        boolean isBegunAnewIn(Known now) {
            return !startedAt.equals(now.startedAt);
        }

        /** Whether the generations have changed places more often than was known. */
        boolean isSwitchedIn(Known now) {
            return startedAt.equals(now.startedAt) && switches < now.switches;
        }

        private Known later(Known other) {
            return isBegunAnewIn(other) || isSwitchedIn(other) ? other : this;
        }
    }
}
