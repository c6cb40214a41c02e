package io.orderworkflow.platform.batch;

/** Something failed for a reason that passes: it can be expected to succeed when it is tried again later. */
public final class PassingFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public PassingFaultException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether a failure, of whatever kind, is one that passes. */
    public static boolean isPassing(Throwable failure) {
        return failure instanceof PassingFaultException || TransientFaults.isTransient(failure);
    }
}
