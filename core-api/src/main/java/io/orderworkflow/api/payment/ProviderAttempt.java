package io.orderworkflow.api.payment;

import java.time.Instant;

/**
 * One call to the payment provider.
 *
 * @param action what the provider was asked to do
 * @param at when it was asked
 * @param outcome how that ended
 * @param detail the outcome in plain words
 */
public record ProviderAttempt(Action action, Instant at, Outcome outcome, String detail) {

    /** What a provider can be asked to do. */
    public enum Action {
        /** Hold the money. */
        AUTHORIZATION,
        /** Take the held money. */
        CAPTURE,
        /** Undo whatever was done: let go of held money, give back taken money. */
        VOID,
        /** Give a part of the taken money back. */
        REFUND
    }

    /** How a call can end. */
    public enum Outcome {
        /** The provider did it. */
        SUCCEEDED,
        /** The provider had done it at an earlier call whose answer was lost; found by looking it up. */
        FOUND,
        /** The provider refused it, for good. */
        REFUSED,
        /** The provider could not answer now, or was not to be reached; nothing was done. */
        UNAVAILABLE,
        /** No answer came in time; whether it was done is not known from this call. */
        NO_ANSWER
    }
}
