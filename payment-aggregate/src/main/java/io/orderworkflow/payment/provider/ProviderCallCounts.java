package io.orderworkflow.payment.provider;

import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many calls were made to the provider since this process started, by what they asked for and how they ended. */
final class ProviderCallCounts {

    private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

    void count(Action action, Outcome outcome) {
        of(new Kind(action, outcome)).increment();
    }

    long of(Action action, Outcome outcome) {
        return of(new Kind(action, outcome)).sum();
    }

    private LongAdder of(Kind kind) {
        return counts.computeIfAbsent(kind, first -> new LongAdder());
    }

    private record Kind(Action action, Outcome outcome) {}
}
