package io.orderworkflow.platform.eventlog;

/** The store holds events that this version of the program cannot read; says which, and what to do, in a sentence each. */
final class UnreadableEventsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String REMEDY = "Start the version that wrote them, or a later one; or add the upcasters that"
            + " read them, see docs/events.md.";

    private final String problem;

    UnreadableEventsException(String problem) {
        super(problem + " " + REMEDY);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }

    String remedy() {
        return REMEDY;
    }
}
