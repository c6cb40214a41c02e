package io.orderworkflow.rest;

import io.orderworkflow.api.ReadModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a request stands to what was written before. The answer to a command brings a token, the position that the events
 * had reached by then; a query that brings it back is answered by a read model that has got there, if it does in time.
 */
final class Consistency {

    /** Of an answer: by which its effects can be waited for. Of a query: what it has to see. */
    static final String TOKEN = "X-Consistency-Token";

    /** Whether what was to be seen is in the answer. */
    static final String HEADER = "X-Consistency";

    static final String TOKEN_RULE = "must be one token as an answer brought it";

    private static final String ATTRIBUTE = Consistency.class.getName();
    private static final Pattern FORMAT = Pattern.compile("1\\.(-1|[0-9]{1,18})");
    private static final long NOTHING_WRITTEN = Long.MIN_VALUE;

    private final OptionalLong toBeSeen;
    private final Duration patience;
    private final @Nullable String preferenceApplied;
    private final long since = System.nanoTime();
    private final Map<ReadModel, Boolean> reached = new ConcurrentHashMap<>();
    private final AtomicLong written = new AtomicLong(NOTHING_WRITTEN);

    private Consistency(OptionalLong toBeSeen, Duration patience, @Nullable String preferenceApplied) {
        this.toBeSeen = toBeSeen;
        this.patience = patience;
        this.preferenceApplied = preferenceApplied;
    }

    /** Of whoever reads nothing of their own. */
    static Consistency none() {
        return new Consistency(OptionalLong.empty(), Duration.ZERO, null);
    }

    /**
     * Of a request.
     *
     * @param patience how long a query waits if it does not say
     */
    static Consistency of(HttpServletRequest request, Duration patience) {
        if (request.getAttribute(ATTRIBUTE) instanceof Consistency known) {
            return known;
        }
        Consistency consistency = read(request, patience);
        request.setAttribute(ATTRIBUTE, consistency);
        return consistency;
    }

    private static Consistency read(HttpServletRequest request, Duration patience) {
        List<String> tokens = Collections.list(request.getHeaders(TOKEN));
        if (tokens.isEmpty() || !request.getMethod().equals("GET")) {
            return none();
        }
        Matcher token = FORMAT.matcher(tokens.get(0));
        if (tokens.size() > 1 || !token.matches()) {
            throw ProblemException.invalid(TOKEN, TOKEN_RULE);
        }
        OptionalLong toBeSeen = OptionalLong.of(Long.parseLong(token.group(1)));
        return preferred(request)
                .limit()
                .map(limit -> new Consistency(toBeSeen, limit, "wait=" + limit.toSeconds()))
                .orElseGet(() -> new Consistency(toBeSeen, patience, null));
    }

    private static WaitPreference preferred(HttpServletRequest request) {
        try {
            return WaitPreference.parse(String.join(",", Collections.list(request.getHeaders(WaitPreference.HEADER))));
        } catch (IllegalArgumentException broken) {
            throw ProblemException.invalid(WaitPreference.HEADER, WaitPreference.RULE);
        }
    }

    /** Says in the answer what is known by now. */
    static void tell(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(ATTRIBUTE) instanceof Consistency known) {
            known.tell(response);
        }
    }

    private void tell(HttpServletResponse response) {
        long position = written.get();
        if (position != NOTHING_WRITTEN) {
            response.setHeader(TOKEN, "1." + position);
        }
        if (!reached.isEmpty()) {
            response.setHeader(HEADER, reached.containsValue(false) ? "behind" : "reached");
            if (preferenceApplied != null) {
                response.setHeader(WaitPreference.APPLIED_HEADER, preferenceApplied);
            }
        }
    }

    /** Whether it is not known yet if that read model shows what is to be seen. */
    boolean isToBeAwaitedIn(ReadModel readModel) {
        return toBeSeen.isPresent() && !reached.containsKey(readModel);
    }

    /** The position to be seen. */
    long position() {
        return toBeSeen.orElseThrow();
    }

    /** How many milliseconds are left to wait. */
    long patienceMillis() {
        return Math.max(0, patience.minusNanos(System.nanoTime() - since).toMillis());
    }

    /** That read model shows what is to be seen, or does not. */
    void awaited(ReadModel readModel, boolean seen) {
        reached.put(readModel, seen);
    }

    /** All that the request has written is at that position or before. */
    void wrote(long position) {
        written.accumulateAndGet(position, Math::max);
    }
}
