package io.orderworkflow.saga;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.order.OrderStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Steps that only remember what was asked. */
final class AskedSteps extends OrderSteps {

    static final Instant NOW = SagaFixture.NOW;

    final List<Object> asked = new ArrayList<>();

    @SuppressWarnings("NullAway") // Nothing of it is used.
    AskedSteps() {
        super(null, null, null, null);
    }

    @Override
    void ask(Object command) {
        asked.add(command);
    }

    @Override
    Instant now() {
        return NOW;
    }

    @Override
    Instant await(OrderId orderId, OrderStep step, int attempt) {
        return NOW.plusSeconds(attempt);
    }

    @Override
    Instant await(OrderId orderId, RefundId refundId, int attempt) {
        return NOW.plusSeconds(attempt);
    }

    @Override
    void stopWaiting(OrderId orderId) {}

    @Override
    void stopWaiting(RefundId refundId) {}

    @Override
    boolean needsAPerson(int refusals) {
        return refusals > 1;
    }
}
