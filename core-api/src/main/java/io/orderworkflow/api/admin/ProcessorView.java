package io.orderworkflow.api.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an event processor stands.
 *
 * @param name its name
 * @param mode how it works: {@code POOLED} for all of ours
 * @param running whether some node runs it
 * @param pause who paused it; {@code null} if nobody did
 * @param segments the parts that its events are split into, by number; none before it started for the first time
 * @param nodes the nodes that have it
 */
public record ProcessorView(
        String name, Mode mode, boolean running, @Nullable Pause pause, List<Segment> segments, List<Node> nodes) {

    /** How a processor works. */
    public enum Mode {
        /** Reads a stream of events, which several segments share. */
        POOLED
    }

    /**
     * That somebody paused it. It stays so over restarts.
     *
     * @param since since when
     * @param userId who
     * @param correlationId the request by which
     */
    public record Pause(Instant since, String userId, String correlationId) {}

    /**
     * A part of the processor's events.
     *
     * @param id its number
     * @param partOf the events are split as if into so many equal parts, of which this is one
     * @param position the position in the stream of events up to which it has handled all; -1 for none
     * @param lag how many events of the stream it has not looked at yet; those of all types, and of other segments too
     * @param lagSeconds the age of the first of these, in seconds; 0 if there is none
     * @param caughtUp whether there is none
     * @param replaying whether it handles events again that it has handled before
     * @param owner the node that works on it; {@code null} if none does
     * @param unclaimedSince since when no node has worked on it; {@code null} if one does
     * @param error what it fails with at the moment; {@code null} if it does not
     */
    public record Segment(
            int id,
            int partOf,
            long position,
            long lag,
            double lagSeconds,
            boolean caughtUp,
            boolean replaying,
            @Nullable String owner,
            @Nullable Instant unclaimedSince,
            @Nullable Failure error) {}

    /**
     * What a segment fails with. Its events are tried again and again.
     *
     * @param message all that is known of it
     * @param since since when
     * @param node where
     */
    public record Failure(String message, Instant since, String node) {}

    /**
     * A node that has the processor.
     *
     * @param id the node
     * @param running whether the processor runs there, with segments or without
     * @param threads how many segments are worked on there at the same moment
     * @param seenAt when the node was heard of last
     */
    public record Node(String id, boolean running, int threads, Instant seenAt) {}
}
