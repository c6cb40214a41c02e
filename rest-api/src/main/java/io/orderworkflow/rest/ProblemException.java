package io.orderworkflow.rest;

import io.orderworkflow.rest.Problem.InvalidField;
import java.util.List;
import java.util.stream.Collectors;

/** Ends a request with a problem that the client is told of. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<InvalidField> errors;

    private ProblemException(ProblemType type, String detail, List<InvalidField> errors) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    static ProblemException of(ProblemType type, String detail) {
        return new ProblemException(type, detail, List.of());
    }

    static ProblemException of(ProblemType type, List<InvalidField> errors) {
        return new ProblemException(type, sentence(errors), errors);
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
}
