package io.orderworkflow.rest;

import io.orderworkflow.api.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Currency;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money as a client writes it.
 *
 * @param amount a decimal number as text: JSON's own numbers are binary fractions to many readers
 * @param currency the ISO 4217 code
 */
@PriceRequest.Valid
record PriceRequest(
        @NotNull(message = Rules.REQUIRED) @Schema(example = "19.90")
        String amount,

        @NotNull(message = Rules.REQUIRED) @Schema(example = "EUR")
        String currency) {

    Money toMoney() {
        return Money.of(amount, currency);
    }

    /** Amount and currency are right, each and together. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Constraint(validatedBy = Validator.class)
    @interface Valid {

        /** Said by the validator, as it depends on what is wrong. */
        String message() default "";

        /** Not used. */
        Class<?>[] groups() default {};

        /** Not used. */
        Class<? extends Payload>[] payload() default {};
    }

    /** Finds what is wrong with an amount. */
    static final class Validator implements ConstraintValidator<Valid, PriceRequest> {

        private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
        private static final int MAX_WHOLE_DIGITS = 9;

        @Override
        public boolean isValid(@Nullable PriceRequest price, ConstraintValidatorContext context) {
            if (price == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            Currency currency = price.currency() == null ? null : currency(price.currency());
            boolean valid = true;
            if (price.currency() != null && currency == null) {
                valid = broken(context, "currency", "must be an ISO 4217 code of a currency, such as EUR");
            }
            String rule = price.amount() == null ? null : brokenRule(price.amount(), currency);
            if (rule != null) {
                valid = broken(context, "amount", rule);
            }
            return valid;
        }

        private static @Nullable Currency currency(String code) {
            return Currency.getAvailableCurrencies().stream()
                    .filter(currency -> currency.getCurrencyCode().equals(code))
                    .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                    .findFirst()
                    .orElse(null);
        }

        private static @Nullable String brokenRule(String amount, @Nullable Currency currency) {
            if (!DECIMAL.matcher(amount).matches()) {
                return "must be a decimal number, such as 19.90";
            }
            if (amount.startsWith("-")) {
                return "must not be negative";
            }
            int point = amount.indexOf('.');
            if ((point < 0 ? amount.length() : point) > MAX_WHOLE_DIGITS) {
                return "must be less than 1000000000";
            }
            int decimals = point < 0 ? 0 : amount.length() - point - 1;
            if (currency != null && decimals > currency.getDefaultFractionDigits()) {
                return "must have up to " + currency.getDefaultFractionDigits() + " decimals in " + currency;
            }
            return null;
        }

        private static boolean broken(ConstraintValidatorContext context, String field, String rule) {
            context.buildConstraintViolationWithTemplate(rule)
                    .addPropertyNode(field)
                    .addConstraintViolation();
            return false;
        }
    }
}
