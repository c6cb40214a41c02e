package io.orderworkflow.api;

/** A query that reads a read model. Whoever has to see a change waits first until that has got there. */
public interface ReadModelQuery {

    /** The read model that answers. */
    ReadModel readModel();
}
