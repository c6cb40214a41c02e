package io.orderworkflow.simulator;

/** Something that went wrong because the simulation wanted it to. */
final class InjectedFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InjectedFault(String message) {
        super(message, null, false, false);
    }

    /** Whether such a fault is what this comes from. */
    static boolean isBehind(Throwable failure) {
        return failure instanceof InjectedFault || (failure.getCause() != null && isBehind(failure.getCause()));
    }
}
