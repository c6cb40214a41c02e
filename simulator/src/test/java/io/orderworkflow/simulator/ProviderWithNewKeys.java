package io.orderworkflow.simulator;

import io.orderworkflow.payment.provider.AuthorizationRequest;
import io.orderworkflow.payment.provider.CaptureRequest;
import io.orderworkflow.payment.provider.PaymentProvider;
import io.orderworkflow.payment.provider.ProviderAnswer;
import io.orderworkflow.payment.provider.RefundRequest;
import io.orderworkflow.payment.provider.UndoRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bug: asks under another key every time, and looks nothing up. */
record ProviderWithNewKeys(PaymentProvider provider, Counter counter) implements PaymentProvider {

    static PaymentProvider before(PaymentProvider provider) {
        return new ProviderWithNewKeys(provider, new Counter());
    }

    @Override
    public CompletionStage<ProviderAnswer> authorize(AuthorizationRequest request) {
        return provider.authorize(request);
    }

    @Override
    public CompletionStage<ProviderAnswer> capture(CaptureRequest request) {
        return provider.capture(new CaptureRequest(
                request.idempotencyKey() + "-" + counter.next++, request.paymentId(), request.amount()));
    }

    @Override
    public CompletionStage<ProviderAnswer> refund(RefundRequest request) {
        return provider.refund(request);
    }

    @Override
    public CompletionStage<ProviderAnswer> undo(UndoRequest request) {
        return provider.undo(request);
    }

    @Override
    public CompletionStage<Optional<ProviderAnswer>> lookUp(String idempotencyKey) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    static final class Counter {

        private int next;
    }
}
