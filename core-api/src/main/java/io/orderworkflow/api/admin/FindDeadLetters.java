package io.orderworkflow.api.admin;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the sequences of events that are parked because a read model's processor could not handle the first
 * of them, those that failed first at first. Answered by a {@link DeadLetterPage}, or nothing if there is no such
 * processor. A filter that is {@code null} does not filter.
 *
 * @param processor only this processor's
 * @param sequence only this sequence: an order, or a SKU
 * @param cause only those that failed for this reason
 * @param state only those in this state
 * @param page the page, from 0
 * @param size items a page, 1 to 200
 */
public record FindDeadLetters(
        @Nullable String processor,
        @Nullable String sequence,
        @Nullable String cause,
        @Nullable ParkedStepState state,
        int page,
        int size) {}
