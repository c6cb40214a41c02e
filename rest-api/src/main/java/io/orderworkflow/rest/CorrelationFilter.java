package io.orderworkflow.rest;

import io.orderworkflow.platform.messaging.Correlation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request a correlation id, the client's own or a new one, and echoes it on every answer. Everything that
 * is logged for the request carries it.
 */
final class CorrelationFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    CorrelationFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Origin known = Origin.of(request);
        if (known != null) {
            logged(known, request, response, chain);
            return;
        }
        List<String> given = Collections.list(request.getHeaders(Origin.HEADER));
        boolean usable = given.size() == 1 && PrintableText.isUpTo128(given.get(0));
        Origin origin =
                Origin.anonymous(usable ? given.get(0) : UUID.randomUUID().toString());
        origin.keepIn(request);
        response.setHeader(Origin.HEADER, origin.correlationId());
        if (usable || given.isEmpty()) {
            logged(origin, request, response, chain);
        } else {
            problems.write(ProblemException.invalid(Origin.HEADER, PrintableText.RULE), request, response);
        }
    }

    private static void logged(
            Origin origin, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        MDC.put(Correlation.CORRELATION_ID, origin.correlationId());
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(Correlation.CORRELATION_ID);
        }
    }

    /** The answer of an asynchronous request, and its errors, are made on another thread. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
