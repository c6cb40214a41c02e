package io.orderworkflow.payment;

/** The aggregate that records payments. */
public final class PaymentParts {

    private PaymentParts() {}

    /** The type of payments. */
    public static Class<?> payment() {
        return Payment.class;
    }
}
