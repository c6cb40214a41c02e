package io.orderworkflow.api.admin;

import java.util.List;

/**
 * Asks how much those of these event processors have before them that are at work, on whichever node they run; answered
 * by {@link EventBacklog}. Cheaper than {@link FindProcessors}, as it is asked for many times a second under load.
 *
 * @param processors their names
 */
public record FindBacklog(List<String> processors) {}
