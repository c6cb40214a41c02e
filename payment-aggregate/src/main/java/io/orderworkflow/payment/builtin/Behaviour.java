package io.orderworkflow.payment.builtin;

/** Decides how the provider conducts itself: the place where faults come in. */
interface Behaviour {

    /**
     * The conduct in a call that was not carried out before.
     *
     * @param operation what is asked
     * @param account where the payment stands
     * @param calls counts the calls for payments
     */
    Conduct towards(Operation operation, Account account, CallCounter calls);

    /** Does as the token says that the payment is paid with. What was never paid for is treated as usual. */
    static Conduct byToken(Operation operation, Account account, CallCounter calls) {
        return ByToken.RULES.towards(operation, account, calls);
    }

    /** Read when it is first needed. */
    final class ByToken {

        private static final Faults RULES = Faults.none();

        private ByToken() {}
    }
}
