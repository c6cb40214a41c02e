package io.orderworkflow.console;

import io.orderworkflow.console.ReadSide.UnansweredException;
import io.orderworkflow.platform.messaging.Correlation;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Tells readers in words that a page cannot be shown. Ahead of the REST API's own, which tells programs. */
@ControllerAdvice(basePackageClasses = ConsoleErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConsoleErrors {

    private static final Logger log = LoggerFactory.getLogger(ConsoleErrors.class);

    @ExceptionHandler
    ModelAndView on(NoSuchPageException unknown) {
        return page(HttpStatus.NOT_FOUND, "There is no such page", unknown.words());
    }

    @ExceptionHandler
    ModelAndView on(UnansweredException unanswered, HttpServletRequest request) {
        log.warn("{} could not be shown: {}", request.getRequestURI(), String.valueOf(unanswered.getCause()));
        return page(
                HttpStatus.SERVICE_UNAVAILABLE,
                "This cannot be shown at the moment",
                "A part of the program did not answer in time. Nothing is lost; try again in a moment.");
    }

    @ExceptionHandler
    ModelAndView on(Exception failure, HttpServletRequest request) {
        if (failure instanceof ErrorResponse chosen && chosen.getStatusCode().is4xxClientError()) {
            return page(
                    chosen.getStatusCode(),
                    "This address is not understood",
                    "Something in the address of the page is missing or not as it must be.");
        }
        log.error("{} failed", request.getRequestURI(), failure);
        return page(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong",
                "The page could not be made. The log tells more, under the number below.");
    }

    private static ModelAndView page(HttpStatusCode status, String title, String words) {
        ModelAndView page = new ModelAndView("console/error");
        page.setStatus(status);
        page.addObject("title", title);
        page.addObject("words", words);
        page.addObject("correlationId", MDC.get(Correlation.CORRELATION_ID));
        return page;
    }
}
