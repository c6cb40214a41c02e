package io.orderworkflow.platform.messaging;

import java.util.Set;

/**
 * A store that does for all commands of a group at once what it would do for each of them. All methods are called by the
 * thread that handles the group.
 */
public interface GroupedStore {

    /** For a store that knows nothing of groups. */
    GroupedStore NONE = new GroupedStore() {
        @Override
        public void begin(Set<String> aggregates) {}

        @Override
        public void flush() {}

        @Override
        public void end() {}
    };

    /**
     * A group begins; its transaction has begun.
     *
     * @param aggregates the identifiers of those that the group's commands target
     */
    void begin(Set<String> aggregates);

    /** Every command of the group was handled, and nothing is committed yet. What fails here fails the group. */
    void flush();

    /** The group is over, committed or not. Called even if it was never begun. */
    void end();
}
