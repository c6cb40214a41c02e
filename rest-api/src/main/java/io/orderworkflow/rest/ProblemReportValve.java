package io.orderworkflow.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;

/**
 * Tells of the errors that the server finds before a request comes to any of us, such as an address that is not
 * well-formed. The server's own words would be a page of HTML.
 */
final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    private final ProblemWriter problems;

    ProblemReportValve(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        HttpServletResponse answer = response.getResponse();
        if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            String correlationId = answer.getHeader(Origin.HEADER);
            if (correlationId == null) {
                correlationId = UUID.randomUUID().toString();
                answer.setHeader(Origin.HEADER, correlationId);
            }
            problems.write(ProblemType.of(HttpStatusCode.valueOf(response.getStatus())), correlationId, answer);
            response.finishResponse();
        } catch (IOException gone) {
            log.debug("the client did not wait for its answer", gone);
        }
    }
}
