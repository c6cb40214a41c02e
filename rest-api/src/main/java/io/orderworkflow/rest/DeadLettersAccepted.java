package io.orderworkflow.rest;

/**
 * A decision about parked sequences of events was taken.
 *
 * @param sequences how many sequences it concerns
 */
record DeadLettersAccepted(int sequences) {}
