package io.orderworkflow.rest;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.messaging.TransientFailures;
import io.orderworkflow.rest.Problem.InvalidField;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Translates everything that can go wrong into problems. What is not told here never leaves: no class, no trace. */
@RestControllerAdvice
final class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private static final long RETRY_AFTER_SECONDS = 1;

    @ExceptionHandler
    ResponseEntity<Problem> on(ProblemException problem, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        if (problem.retryAfterSeconds() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfterSeconds()));
        }
        return answer(problem, headers, request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(MethodArgumentNotValidException invalid, HttpServletRequest request) {
        return invalid(fields(invalid.getBindingResult().getFieldErrors().stream()), Stream.empty(), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HandlerMethodValidationException invalid, HttpServletRequest request) {
        return invalid(
                fields(invalid.getParameterValidationResults().stream()
                        .filter(ParameterErrors.class::isInstance)
                        .map(ParameterErrors.class::cast)
                        .flatMap(errors -> errors.getFieldErrors().stream())),
                parameters(invalid.getParameterValidationResults()),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HttpMessageNotReadableException unreadable, HttpServletRequest request) {
        return answer(UnreadableBody.problem(unreadable), HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(TypeMismatchException mismatch, HttpServletRequest request) {
        return invalid(List.of(new InvalidField(nameOf(mismatch), Rules.of(mismatch.getRequiredType()))), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(MissingRequestHeaderException missing, HttpServletRequest request) {
        return invalid(List.of(new InvalidField(missing.getHeaderName(), Rules.REQUIRED)), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(MissingServletRequestParameterException missing, HttpServletRequest request) {
        return invalid(List.of(new InvalidField(missing.getParameterName(), Rules.REQUIRED)), request);
    }

    /** The client is gone: there is nobody to tell. */
    @ExceptionHandler
    void on(AsyncRequestNotUsableException gone) {
        log.debug("the client did not wait for its answer");
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> on(
            Throwable failure,
            @Nullable HandlerMethod handler,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (response.isCommitted()) {
            log.warn("failed after the answer had begun", failure);
            return null;
        }
        Optional<Refusal> refusal = TransientFailures.refusal(failure);
        if (refusal.isPresent()) {
            return answer(
                    ProblemException.of(
                            ProblemType.of(refusal.get().code()), refusal.get().message()),
                    HttpHeaders.EMPTY,
                    request);
        }
        if (failure instanceof ErrorResponse chosen) {
            ProblemType type = ProblemType.of(chosen.getStatusCode());
            return type == ProblemType.UNAVAILABLE
                    ? unavailable(Fault.OUTCOME_UNKNOWN, handler, request)
                    : answer(ProblemException.of(type, type.description()), chosen.getHeaders(), request);
        }
        Fault fault = Fault.of(failure);
        if (fault == Fault.BROKEN) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
            return answer(
                    ProblemException.of(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.description()),
                    HttpHeaders.EMPTY,
                    request);
        }
        log.warn("{} {} could not be answered: {}", request.getMethod(), request.getRequestURI(), failure.toString());
        return unavailable(fault, handler, request);
    }

    private ResponseEntity<Problem> unavailable(
            Fault fault, @Nullable HandlerMethod handler, HttpServletRequest request) {
        if (fault == Fault.NOTHING_DONE || handler == null || isRepeatable(handler, request)) {
            return on(ProblemException.passing(ProblemType.UNAVAILABLE, RETRY_AFTER_SECONDS), request);
        }
        return answer(
                ProblemException.of(ProblemType.OUTCOME_UNKNOWN, ProblemType.OUTCOME_UNKNOWN.description()),
                HttpHeaders.EMPTY,
                request);
    }

    private static boolean isRepeatable(HandlerMethod handler, HttpServletRequest request) {
        NotRepeatable mark = handler.getMethodAnnotation(NotRepeatable.class);
        return mark == null || (mark.unlessKeyed() && request.getHeader(IdempotencyKey.HEADER) != null);
    }

    private static ResponseEntity<Problem> invalid(
            Stream<InvalidField> fields, Stream<InvalidField> parameters, HttpServletRequest request) {
        return invalid(
                Stream.concat(fields, parameters)
                        .sorted(Comparator.comparing(InvalidField::field).thenComparing(InvalidField::rule))
                        .toList(),
                request);
    }

    private static ResponseEntity<Problem> invalid(List<InvalidField> errors, HttpServletRequest request) {
        return answer(ProblemException.of(ProblemType.INVALID_REQUEST, errors), HttpHeaders.EMPTY, request);
    }

    private static ResponseEntity<Problem> answer(
            ProblemException problem, HttpHeaders headers, HttpServletRequest request) {
        Origin origin = Origin.of(request);
        return ResponseEntity.status(problem.type().status())
                .headers(headers)
                // Said outright, so that a client that accepts something else is told what is wrong all the same.
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(
                        problem.type(),
                        problem.detail(),
                        problem.errors(),
                        origin == null ? null : origin.correlationId()));
    }

    private static Stream<InvalidField> fields(Stream<FieldError> errors) {
        return errors.map(error -> new InvalidField(error.getField(), String.valueOf(error.getDefaultMessage())));
    }

    private static Stream<InvalidField> parameters(List<ParameterValidationResult> results) {
        return results.stream()
                .filter(result -> !(result instanceof ParameterErrors))
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new InvalidField(
                                String.valueOf(result.getMethodParameter().getParameterName()),
                                String.valueOf(error.getDefaultMessage()))));
    }

    private static String nameOf(TypeMismatchException mismatch) {
        if (mismatch instanceof MethodArgumentTypeMismatchException argument) {
            RequestHeader header = argument.getParameter().getParameterAnnotation(RequestHeader.class);
            return header == null ? argument.getName() : header.name();
        }
        return String.valueOf(mismatch.getPropertyName());
    }
}
