package io.orderworkflow.api.admin;

import io.orderworkflow.api.Page;
import java.util.List;

/**
 * A page of parked steps.
 *
 * @param items the steps
 * @param page where the page stands
 */
public record ParkedStepPage(List<ParkedStepView> items, Page page) {}
