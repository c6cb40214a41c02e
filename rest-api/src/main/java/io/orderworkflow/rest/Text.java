package io.orderworkflow.rest;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * A text for people: not too long, and of characters that can be stored and shown. PostgreSQL takes no NUL, UTF-8 no
 * half of a surrogate pair.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Constraint(validatedBy = Text.Validator.class)
@interface Text {

    /** The most characters that it can have. */
    int max() default 200;

    /** Whether it may have none but white space. */
    boolean blank() default false;

    /** Said by the validator, as it depends on what is wrong. */
    String message() default "";

    /** Not used. */
    Class<?>[] groups() default {};

    /** Not used. */
    Class<? extends Payload>[] payload() default {};

    /** Finds what is wrong with a text. */
    final class Validator implements ConstraintValidator<Text, String> {

        private int max;
        private boolean blank;

        @Override
        public void initialize(Text rule) {
            max = rule.max();
            blank = rule.blank();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            String broken = text == null ? null : brokenRule(text);
            if (broken == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(broken).addConstraintViolation();
            return false;
        }

        private @Nullable String brokenRule(String text) {
            if (text.codePointCount(0, text.length()) > max) {
                return "must be up to " + max + " characters";
            }
            if (!blank && text.isBlank()) {
                return "must not be blank";
            }
            if (text.codePoints().anyMatch(Validator::isUnfit)) {
                return "must not have control characters or halves of surrogate pairs";
            }
            return null;
        }

        private static boolean isUnfit(int character) {
            return switch (Character.getType(character)) {
                case Character.CONTROL -> character != '\n' && character != '\r' && character != '\t';
                case Character.SURROGATE -> true;
                default -> false;
            };
        }
    }
}
