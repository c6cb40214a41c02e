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

/** A number that changes something. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Constraint(validatedBy = NotZero.Validator.class)
@interface NotZero {

    /** The rule as the client is told of it. */
    String message() default "must not be 0";

    /** Not used. */
    Class<?>[] groups() default {};

    /** Not used. */
    Class<? extends Payload>[] payload() default {};

    /** Looks at the number. */
    final class Validator implements ConstraintValidator<NotZero, Long> {

        @Override
        public boolean isValid(@Nullable Long number, ConstraintValidatorContext context) {
            return number == null || number != 0;
        }
    }
}
