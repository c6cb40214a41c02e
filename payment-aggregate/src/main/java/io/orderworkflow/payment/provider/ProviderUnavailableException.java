package io.orderworkflow.payment.provider;

/**
 * The payment provider could not be reached, or turned the request away for the moment. To be thrown only where it is
 * certain that nothing was done: a request that may have been read is not that.
 */
public final class ProviderUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why, in words fit for the order's timeline.
     *
     * @param message what stood in the way
     */
    public ProviderUnavailableException(String message) {
        super(message);
    }

    /**
     * Says why, in words fit for the order's timeline.
     *
     * @param message what stood in the way
     * @param cause where that was noticed
     */
    public ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
