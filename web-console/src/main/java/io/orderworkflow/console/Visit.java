package io.orderworkflow.console;

import io.orderworkflow.platform.messaging.Correlation;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axonframework.messaging.MetaData;
import org.slf4j.MDC;
import org.springframework.web.util.WebUtils;

/**
 * A reader asks for a page.
 *
 * @param correlationId by which what is asked for it is found again in logs and traces
 * @param toBeSeen the position of what the reader has done just now, which the page has to show
 */
record Visit(String correlationId, OptionalLong toBeSeen) {

    /** Where the scripts of the pages leave the token that an answer to a command has brought. */
    static final String COOKIE = "consistency";

    private static final Pattern TOKEN = Pattern.compile("1\\.([0-9]{1,18})");
    private static final String SOURCE = "console";

    static Visit of(HttpServletRequest request) {
        String known = MDC.get(Correlation.CORRELATION_ID);
        return new Visit(known == null ? UUID.randomUUID().toString() : known, toBeSeenBy(request));
    }

    private static OptionalLong toBeSeenBy(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        Matcher token = TOKEN.matcher(cookie == null ? "" : cookie.getValue());
        return token.matches() ? OptionalLong.of(Long.parseLong(token.group(1))) : OptionalLong.empty();
    }

    MetaData metaData() {
        return MetaData.from(Map.of(Correlation.CORRELATION_ID, correlationId, Correlation.SOURCE, SOURCE));
    }
}
