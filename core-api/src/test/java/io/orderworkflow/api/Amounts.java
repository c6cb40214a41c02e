package io.orderworkflow.api;

/** Amounts of money to test with. */
public final class Amounts {

    private Amounts() {}

    /** That many euros, such as {@code eur("9.90")}. */
    public static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    /** That many US dollars, for what must not be added to euros. */
    public static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
