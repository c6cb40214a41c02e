package io.orderworkflow.rest;

import io.orderworkflow.rest.Problem.InvalidField;
import java.util.List;
import java.util.stream.Collectors;

/** Ends a request with a problem that the client is told of. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<InvalidField> errors;
    private final long retryAfterSeconds;

    private ProblemException(ProblemType type, String detail, List<InvalidField> errors, long retryAfterSeconds) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static ProblemException of(ProblemType type, String detail) {
        return new ProblemException(type, detail, List.of(), 0);
    }

    /** Nothing was done, and the same may be possible after so many seconds. */
    static ProblemException passing(ProblemType type, long retryAfterSeconds) {
        return new ProblemException(type, type.description(), List.of(), retryAfterSeconds);
    }

    static ProblemException of(ProblemType type, List<InvalidField> errors) {
        return new ProblemException(type, sentence(errors), errors, 0);
    }

    static ProblemException invalid(String field, String rule) {
        return of(ProblemType.INVALID_REQUEST, List.of(new InvalidField(field, rule)));
    }

    static ProblemException unknown(String kind, Object id) {
        return of(ProblemType.UNKNOWN_RESOURCE, "There is no " + kind + " " + id + ".");
    }

    /** All errors in one line. */
    static String sentence(List<InvalidField> errors) {
        String some = errors.stream().limit(3).map(InvalidField::toString).collect(Collectors.joining("; "));
        return errors.size() > 3 ? some + "; and " + (errors.size() - 3) + " more" : some;
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    List<InvalidField> errors() {
        return errors;
    }

    /** After how many seconds to ask again; 0 if nothing is known of that. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
