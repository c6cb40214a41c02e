package io.orderworkflow.platform.eventlog;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the person at the terminal the sentence instead of a stack trace. */
final class UnreadableEventsFailureAnalyzer extends AbstractFailureAnalyzer<UnreadableEventsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnreadableEventsException cause) {
        return new FailureAnalysis(cause.problem(), cause.remedy(), cause);
    }
}
