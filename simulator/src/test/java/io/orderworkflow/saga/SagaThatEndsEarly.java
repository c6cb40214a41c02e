package io.orderworkflow.saga;

import io.orderworkflow.api.payment.PaymentVoided;
import org.axonframework.modelling.saga.SagaLifecycle;

/** A bug: takes the void for the last answer of all. */
public class SagaThatEndsEarly extends OrderProcessingSaga {

    /** Creates a saga that has not begun; Axon needs this to be public. */
    public SagaThatEndsEarly() {}

    @Override
    void on(PaymentVoided event, OrderSteps steps) {
        super.on(event, steps);
        SagaLifecycle.end();
    }
}
