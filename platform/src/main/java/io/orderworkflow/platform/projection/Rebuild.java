package io.orderworkflow.platform.projection;

import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.RebuildView.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild as it is written down.
 *
 * @param view what can be seen of it from outside
 * @param indexed whether the new generation has all indexes
 * @param switches how often the generations have changed places
 * @param sampledAt when its position was looked at last
 */
record Rebuild(
        RebuildView view,
        boolean indexed,
        int switches,
        @Nullable Instant sampledAt) {

    String processor() {
        return view.processor();
    }

    State state() {
        return view.state();
    }
}
