package io.orderworkflow.api.payment;

import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;

/**
 * Asks for one payment; answered by an optional {@link PaymentView}.
 *
 * @param paymentId the payment
 */
public record FindPayment(PaymentId paymentId) implements ReadModelQuery {

    @Override
    public ReadModel readModel() {
        return ReadModel.ORDERS;
    }
}
