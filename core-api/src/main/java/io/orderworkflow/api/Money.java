package io.orderworkflow.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money in one currency, written {@code {"amount": "19.90", "currency": "EUR"}}.
 *
 * @param amount the amount, always with as many decimals as the currency has
 * @param currency the ISO 4217 currency
 */
public record Money(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, Currency currency) {

    /**
     * Creates an amount.
     *
     * @throws IllegalArgumentException if the amount has more decimals than the currency, or the currency has no
     *     minor unit (such as {@code XXX})
     */
    public Money {
        int decimals = currency.getDefaultFractionDigits();
        if (decimals < 0) {
            throw new IllegalArgumentException(currency + " is not a currency that can be paid with");
        }
        if (amount.stripTrailingZeros().scale() > decimals) {
            throw new IllegalArgumentException(
                    "an amount in " + currency + " has at most " + decimals + " decimals: " + amount.toPlainString());
        }
        amount = amount.setScale(decimals);
    }

    /**
     * Reads an amount from its decimal text and ISO 4217 code.
     *
     * @throws IllegalArgumentException if the text is no decimal number, the currency is unknown, or the amount has
     *     too many decimals
     */
    public static Money of(String amount, String currencyCode) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currencyCode));
    }

    /** No money at all in a currency. */
    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /**
     * Adds another amount.
     *
     * @throws IllegalArgumentException if it is in another currency
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(amount.add(other.amount), currency);
    }

    /**
     * Takes another amount away.
     *
     * @throws IllegalArgumentException if it is in another currency
     */
    public Money minus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot take " + other.currency + " from " + currency);
        }
        return new Money(amount.subtract(other.amount), currency);
    }

    /** Multiplies by a number of pieces. */
    public Money times(long pieces) {
        return new Money(amount.multiply(BigDecimal.valueOf(pieces)), currency);
    }

    /** Says the amount as a person reads it, such as {@code 19.90 EUR}. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
