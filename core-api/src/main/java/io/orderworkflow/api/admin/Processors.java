package io.orderworkflow.api.admin;

import java.util.List;

/**
 * Event processors.
 *
 * @param items the processors, by name
 */
public record Processors(List<ProcessorView> items) {}
