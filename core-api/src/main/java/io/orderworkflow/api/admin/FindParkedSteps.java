package io.orderworkflow.api.admin;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of steps that failed, those that failed first at first; answered by a {@link ParkedStepPage}. A
 * filter that is {@code null} does not filter.
 *
 * @param orderId only this order's
 * @param cause only those that failed for this reason
 * @param state only those in this state
 * @param page the page, from 0
 * @param size items a page, 1 to 200
 */
public record FindParkedSteps(
        @Nullable String orderId,
        @Nullable String cause,
        @Nullable ParkedStepState state,
        int page,
        int size) {}
