package io.orderworkflow.payment.provider;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether the payment provider is being asked at all. A provider that is away makes this program wait, not fail: so
 * the status is one that does not weigh when the health of the whole is summed up.
 */
final class PaymentProviderHealthIndicator implements HealthIndicator {

    static final Status DEGRADED = new Status("DEGRADED", "the payment provider is away, payments wait for it");

    private final CircuitBreaker circuit;
    private final ProviderCallPoller poller;

    PaymentProviderHealthIndicator(CircuitBreaker circuit, ProviderCallPoller poller) {
        this.circuit = circuit;
        this.poller = poller;
    }

    @Override
    public Health health() {
        CircuitBreaker.State state = circuit.getState();
        Health.Builder health = state == CircuitBreaker.State.CLOSED ? Health.up() : Health.status(DEGRADED);
        return health.withDetail("circuit", state.name())
                .withDetail("waitingForRetry", poller.backlog().waiting())
                .build();
    }
}
