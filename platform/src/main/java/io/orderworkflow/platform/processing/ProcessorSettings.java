package io.orderworkflow.platform.processing;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How event processors run.
 *
 * @param tokenClaimInterval how often a node looks for segments that nobody works on
 * @param processors what differs for single processors, by name
 */
@ConfigurationProperties("order-workflow.processing")
record ProcessorSettings(
        @DefaultValue("2s") Duration tokenClaimInterval,
        @DefaultValue Map<String, Processor> processors) {

    private static final Processor DEFAULT = new Processor(1, 1, 500);

    /** What holds for the processor of that name. */
    Processor of(String name) {
        return processors.getOrDefault(name, DEFAULT);
    }

    /**
     * One processor.
     *
     * @param segments parts that its events are split into when it starts for the first time
     * @param threads segments that one node works on at the same moment
     * @param batchSize the most events that are handled in one transaction
     */
    record Processor(
            @DefaultValue("1") int segments,
            @DefaultValue("1") int threads,
            @DefaultValue("500") int batchSize) {}
}
