package io.orderworkflow.api;

/**
 * Asks whether a read model has got as far as that position; answered by a {@link ReadModelProgress} as soon as it has,
 * or else when the time is over. Holds no thread meanwhile.
 *
 * @param readModel the read model
 * @param position the position of an event; one that no event has yet is not reached
 * @param patienceMillis how long to wait for it, in milliseconds; 0 answers at once
 */
public record FindReadModelProgress(ReadModel readModel, long position, long patienceMillis) {}
