package io.orderworkflow.query;

import io.orderworkflow.api.Money;
import java.math.BigDecimal;
import java.util.Currency;

/** Amounts as they are kept: with four decimals, whatever their currency has. */
final class Amounts {

    private Amounts() {}

    static Money money(BigDecimal amount, String currency) {
        return new Money(amount, Currency.getInstance(currency));
    }
}
