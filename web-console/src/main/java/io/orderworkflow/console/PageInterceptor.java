package io.orderworkflow.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Says of every page what it may load, and makes of a page the one fragment of it that a script asks for: the
 * element with the identifier of the one that is to be replaced.
 */
final class PageInterceptor implements HandlerInterceptor {

    /** No script, style or connection that is not our own; nothing written into the page is run. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Pattern FRAGMENT = Pattern.compile("[a-z][a-z-]{0,39}");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        // What was true a moment ago is not worth keeping, and a fragment must not be taken for the page.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.VARY, "HX-Request");
        return true;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        String target = request.getHeader("HX-Target");
        if (page != null
                && page.getViewName() != null
                && !page.getViewName().startsWith("redirect:")
                && "true".equals(request.getHeader("HX-Request"))
                && target != null
                && FRAGMENT.matcher(target).matches()) {
            page.setViewName(page.getViewName() + " :: #" + target);
        }
    }
}
