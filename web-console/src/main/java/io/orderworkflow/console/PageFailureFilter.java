package io.orderworkflow.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/**
 * Tells readers in words that a page could not be written to its end. That fails behind the controllers, where
 * {@link ConsoleErrors} is not asked any more, and would be told as it is told to programs.
 */
final class PageFailureFilter extends OncePerRequestFilter {

    private final ConsoleErrors errors;
    private final ViewResolver views;

    PageFailureFilter(ConsoleErrors errors, ViewResolver views) {
        this.errors = errors;
        this.views = views;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            if (response.isCommitted()) {
                throw failure;
            }
            response.resetBuffer();
            show(errors.on(failure, request), request, response);
        }
    }

    private void show(ModelAndView page, HttpServletRequest request, HttpServletResponse response)
            throws ServletException {
        response.setStatus(Objects.requireNonNull(page.getStatus()).value());
        try {
            View view = views.resolveViewName(Objects.requireNonNull(page.getViewName()), Locale.ROOT);
            Objects.requireNonNull(view).render(page.getModel(), request, response);
        } catch (Exception failure) {
            throw new ServletException("not even the page that tells of a failure can be shown", failure);
        }
    }
}
