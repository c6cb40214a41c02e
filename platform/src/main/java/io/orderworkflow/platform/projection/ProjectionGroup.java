package io.orderworkflow.platform.projection;

import io.orderworkflow.platform.projection.Generation.Role;
import java.util.List;
import java.util.function.Function;

/**
 * Declares, as a bean, projections that are handled together, by one processor, and whose tables are in one schema.
 *
 * @param name the processing group, which is also the name of its processor
 * @param sequence which of its events are handled, and parked, one after the other
 * @param schema where the tables are, and nothing else
 * @param projections makes each of the projections for a generation; called when the processors are made
 */
public record ProjectionGroup(
        String name,
        EventSequence sequence,
        String schema,
        List<Function<Generation, ? extends Projection>> projections) {

    /** The generation that is read. */
    public Generation live() {
        return new Generation(name, schema, Role.LIVE);
    }

    /** The generation that is filled beside it by a rebuild, or that was replaced by one. */
    public Generation next() {
        return new Generation(name + "-next", schema + "_next", Role.NEXT);
    }

    /** Says of the live generation what it was not said of by the one that wrote it. */
    Generation telling() {
        return new Generation(name, schema, Role.TELLING);
    }
}
