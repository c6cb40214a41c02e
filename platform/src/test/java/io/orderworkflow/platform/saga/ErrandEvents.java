package io.orderworkflow.platform.saga;

/** What happens on errands. */
interface ErrandEvents {

    /** An errand begins. */
    record ErrandBegun(String errandId) {}

    /** Something is to be done on an errand. */
    record TaskSet(String errandId, String task) {}

    /** An errand is over. */
    record ErrandEnded(String errandId) {}

    /** The errand that an event belongs to. */
    static String errandOf(Object event) {
        if (event instanceof ErrandBegun begun) {
            return begun.errandId();
        }
        if (event instanceof TaskSet set) {
            return set.errandId();
        }
        if (event instanceof ErrandEnded ended) {
            return ended.errandId();
        }
        return "none";
    }
}
