package io.orderworkflow.api.admin;

import org.jspecify.annotations.Nullable;

/**
 * Asks how event processors stand, on whichever node they run; answered by {@link Processors}.
 *
 * @param processor only the one of that name; {@code null} for all
 */
public record FindProcessors(@Nullable String processor) {}
