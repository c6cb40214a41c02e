package io.orderworkflow.rest;

/** Says that a command or query could not be handed over, so that nothing came of it. */
final class NotDispatchedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotDispatchedException(RuntimeException cause) {
        super("could not be handed over: " + cause, cause);
    }
}
