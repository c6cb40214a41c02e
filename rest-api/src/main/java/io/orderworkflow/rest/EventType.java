package io.orderworkflow.rest;

import io.orderworkflow.api.MessageFamilies;

/**
 * The type of event that is asked for.
 *
 * @param name its logical name
 */
record EventType(String name) {

    static final String RULE = "must be the name of an event, such as OrderPlaced";

    /**
     * Reads the parameter.
     *
     * @throws IllegalArgumentException if there is no such event
     */
    static EventType parse(String text) {
        if (MessageFamilies.events().noneMatch(event -> event.getSimpleName().equals(text))) {
            throw new IllegalArgumentException("no such event");
        }
        return new EventType(text);
    }
}
