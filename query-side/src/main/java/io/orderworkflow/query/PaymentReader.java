package io.orderworkflow.query;

import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentView;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Reads payments for whoever asks. */
final class PaymentReader {

    private final PaymentRows rows;

    PaymentReader(PaymentRows rows) {
        this.rows = rows;
    }

    @QueryHandler
    @Nullable
    PaymentView handle(FindPayment query) {
        // A payment that was undone before it was ever asked for is no payment to look at.
        return rows.findById(query.paymentId().value())
                .filter(PaymentRow::wasRequested)
                .map(PaymentRow::view)
                .orElse(null);
    }
}
