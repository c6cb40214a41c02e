package io.orderworkflow.rest;

import io.orderworkflow.rest.BodySizeFilter.BodyTooLargeException;
import io.orderworkflow.rest.Problem.InvalidField;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Tells why a body could not be read, in terms of the body: its reader's own words name our classes. */
final class UnreadableBody {

    private static final String BODY = "body";

    private UnreadableBody() {}

    static ProblemException problem(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException) {
                return BodySizeFilter.tooLarge();
            }
        }
        Throwable cause = unreadable.getCause();
        if (cause instanceof MismatchedInputException mismatch) {
            return mismatch.getPath().isEmpty()
                    ? ProblemException.invalid(BODY, Rules.ONE_OBJECT)
                    : ProblemException.invalid(pathOf(mismatch), Rules.of(mismatch.getTargetType()));
        }
        if (cause instanceof InputCoercionException outOfRange) {
            return ProblemException.invalid(pathOf(outOfRange), "is out of range");
        }
        if (cause instanceof StreamConstraintsException) {
            return ProblemException.of(
                    ProblemType.MALFORMED_REQUEST,
                    List.of(new InvalidField(BODY, "nests too deep, or has a number or name that is too long")));
        }
        if (cause instanceof StreamReadException malformed) {
            return ProblemException.of(
                    ProblemType.MALFORMED_REQUEST,
                    List.of(new InvalidField(
                            BODY, "must be well-formed JSON without repeated names" + at(malformed.getLocation()))));
        }
        if (cause == null) {
            return ProblemException.invalid(BODY, Rules.REQUIRED);
        }
        return ProblemException.of(
                ProblemType.MALFORMED_REQUEST, List.of(new InvalidField(BODY, "must be well-formed JSON in UTF-8")));
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ": see line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String pathOf(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
