package io.orderworkflow.api.admin;

/** What becomes of a step that failed. */
public enum ParkedStepState {
    /** It is tried again by itself. */
    RETRYING,
    /** It was tried often enough, and waits for an operator. */
    PARKED
}
