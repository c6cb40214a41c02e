package io.orderworkflow.rest;

import io.orderworkflow.api.admin.ProcessorView;
import io.orderworkflow.api.admin.RebuildView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event processor, with the replay of it if there is one.
 *
 * @param name its name
 * @param mode how it works
 * @param running whether some node runs it
 * @param pause who paused it; {@code null} if nobody did
 * @param segments the parts that its events are split into
 * @param nodes the nodes that have it
 * @param replay how far its replay is; {@code null} if there is none
 */
record ProcessorAnswer(
        String name,
        ProcessorView.Mode mode,
        boolean running,
        ProcessorView.@Nullable Pause pause,
        List<ProcessorView.Segment> segments,
        List<ProcessorView.Node> nodes,
        @Nullable RebuildView replay) {

    static ProcessorAnswer of(ProcessorView view, @Nullable RebuildView replay) {
        return new ProcessorAnswer(
                view.name(), view.mode(), view.running(), view.pause(), view.segments(), view.nodes(), replay);
    }
}
