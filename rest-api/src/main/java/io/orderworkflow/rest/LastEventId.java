package io.orderworkflow.rest;

/**
 * The id of the last event of a stream that a client has got.
 *
 * @param number the number of the change that it told
 */
record LastEventId(long number) {

    static final String HEADER = "Last-Event-ID";
    static final String RULE = "must be the id of an event, up to 18 digits";

    static LastEventId parse(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(RULE);
        }
        return new LastEventId(Long.parseLong(text));
    }
}
