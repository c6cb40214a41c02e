package io.orderworkflow.platform.projection;

import org.axonframework.config.ProcessingGroup;

/**
 * Declares, as a bean, that the handlers of a {@linkplain ProcessingGroup processing group} are projections: they only
 * write rows, so their events may be handled together, one by one or again, and parked.
 *
 * @param name the group, which is also the name of its processor
 * @param sequence which of its events are handled, and parked, one after the other
 */
public record ProjectionGroup(String name, EventSequence sequence) {}
