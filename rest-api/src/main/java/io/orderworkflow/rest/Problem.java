package io.orderworkflow.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told when a request fails, as RFC 9457 has it.
 *
 * @param type the rule that was broken; stable, and answers with its description
 * @param title the rule in short
 * @param status the HTTP status
 * @param detail what was wrong with this request, naming the field or the rule
 * @param correlationId by which the request is found in logs, traces and timelines
 * @param errors for an invalid request: each field that breaks a rule
 */
@Schema(description = "A problem as RFC 9457 describes it")
record Problem(
        @Schema(example = "/problems/invalid-request") URI type,
        @Schema(example = "The request breaks a rule") String title,
        @Schema(example = "400") int status,

        @Schema(example = "lines[0].quantity must be 1 to 10000")
        String detail,

        @Schema(example = "7f8b1c0e-6d5b-4f0e-9f7e-2f6d1d9a4b11") @Nullable
        String correlationId,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<InvalidField> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** The most fields that are told of: the rest is found once these are right. */
    private static final int MAX_ERRORS = 20;

    static Problem of(ProblemType type, String detail, List<InvalidField> errors, @Nullable String correlationId) {
        return new Problem(
                type.uri(),
                type.title(),
                type.status().value(),
                detail,
                correlationId,
                errors.stream().limit(MAX_ERRORS).toList());
    }

    /**
     * A part of the request that breaks a rule.
     *
     * @param field the field of the body such as {@code lines[0].quantity}, the parameter or the header
     * @param rule what it must be
     */
    @Schema(name = "InvalidField", description = "A part of the request that breaks a rule")
    record InvalidField(
            @Schema(example = "lines[0].quantity") String field,
            @Schema(example = "must be 1 to 10000") String rule) {

        @Override
        public String toString() {
            return field + " " + rule;
        }
    }
}
