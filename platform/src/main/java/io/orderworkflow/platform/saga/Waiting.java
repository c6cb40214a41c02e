package io.orderworkflow.platform.saga;

/** A saga that tells what it waits for. It is kept beside its state, so that open sagas can be listed without it. */
public interface Waiting {

    /** What it waits for after the last event that it handled. */
    Wait waits();
}
