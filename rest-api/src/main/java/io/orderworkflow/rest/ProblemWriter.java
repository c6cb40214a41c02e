package io.orderworkflow.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller has a part in the answer: in filters and in the server itself. */
final class ProblemWriter {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    void write(ProblemException problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Origin origin = Origin.of(request);
        write(
                Problem.of(
                        problem.type(),
                        problem.detail(),
                        problem.errors(),
                        origin == null ? null : origin.correlationId()),
                response);
    }

    /** Tells of an error that the server found before the request came to any of us. */
    void write(ProblemType type, @Nullable String correlationId, HttpServletResponse response) throws IOException {
        write(Problem.of(type, type.description(), List.of(), correlationId), response);
    }

    private void write(Problem problem, HttpServletResponse response) throws IOException {
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
