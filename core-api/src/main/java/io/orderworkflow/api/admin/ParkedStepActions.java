package io.orderworkflow.api.admin;

import java.util.List;

/**
 * What operators did about the parked steps of one order.
 *
 * @param items the actions, the latest first
 */
public record ParkedStepActions(List<ParkedStepAction> items) {}
