package io.orderworkflow.rest;

/**
 * A decision about parked steps was taken.
 *
 * @param steps how many steps it concerns
 */
record ParkedStepsAccepted(int steps) {}
