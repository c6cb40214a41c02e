package io.orderworkflow.payment.provider;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Shows how the calls to the payment provider fare. */
final class ProviderCallMetrics implements MeterBinder {

    private final ProviderCallCounts counts;
    private final ProviderCallRunner runner;
    private final ProviderCallPoller poller;
    private final CircuitBreaker circuit;

    ProviderCallMetrics(
            ProviderCallCounts counts, ProviderCallRunner runner, ProviderCallPoller poller, CircuitBreaker circuit) {
        this.counts = counts;
        this.runner = runner;
        this.poller = poller;
        this.circuit = circuit;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Action action : Action.values()) {
            for (Outcome outcome : Outcome.values()) {
                FunctionCounter.builder("payment.provider.calls", counts, all -> all.of(action, outcome))
                        .description("Calls to the payment provider")
                        .tag("action", tag(action))
                        .tag("outcome", tag(outcome))
                        .register(registry);
            }
        }
        Gauge.builder("payment.provider.calls.in.flight", runner, ProviderCallRunner::inFlight)
                .description("Calls that are under way in this process")
                .register(registry);
        Gauge.builder(
                        "payment.provider.calls.waiting",
                        poller,
                        ofAll -> ofAll.backlog().waiting())
                .description("Calls that were tried in vain and wait for the next try, in all processes")
                .register(registry);
        TimeGauge.builder(
                        "payment.provider.calls.oldest",
                        poller,
                        TimeUnit.MILLISECONDS,
                        ofAll -> ofAll.backlog().oldest().toMillis())
                .description("For how long the oldest call has not been finished, in all processes")
                .register(registry);
        for (CircuitBreaker.State state : CircuitBreaker.State.values()) {
            Gauge.builder("payment.provider.circuit", circuit, current -> current.getState() == state ? 1 : 0)
                    .description("1 for the state that the circuit breaker is in, 0 for the others")
                    .tag("state", tag(state))
                    .register(registry);
        }
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
