package io.orderworkflow.api.admin;

import io.orderworkflow.api.Page;
import java.util.List;

/**
 * A page of parked sequences.
 *
 * @param items the sequences
 * @param page where the page stands
 */
public record DeadLetterPage(List<DeadLetterView> items, Page page) {}
