package io.orderworkflow.api.admin;

import java.util.List;

/**
 * What operators did about a sequence of events.
 *
 * @param items the actions, the latest first
 */
public record DeadLetterActions(List<DeadLetterAction> items) {}
