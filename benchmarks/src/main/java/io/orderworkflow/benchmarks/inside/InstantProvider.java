package io.orderworkflow.benchmarks.inside;

import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.payment.provider.AuthorizationRequest;
import io.orderworkflow.payment.provider.CaptureRequest;
import io.orderworkflow.payment.provider.PaymentProvider;
import io.orderworkflow.payment.provider.ProviderAnswer;
import io.orderworkflow.payment.provider.ProviderAnswer.Done;
import io.orderworkflow.payment.provider.ProviderAnswer.Refused;
import io.orderworkflow.payment.provider.RefundRequest;
import io.orderworkflow.payment.provider.UndoRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A provider that answers at once, within the process: it takes all that is asked for, but under one token nothing. */
final class InstantProvider implements PaymentProvider {

    static final String DECLINED = "tok_declined";

    private static final CompletionStage<ProviderAnswer> DONE =
            CompletableFuture.completedFuture(new Done("instant", null));
    private static final CompletionStage<ProviderAnswer> REFUSED = CompletableFuture.completedFuture(
            new Refused(new ProviderRefusal("card_declined", "The card was declined.")));

    @Override
    public CompletionStage<ProviderAnswer> authorize(AuthorizationRequest request) {
        return request.token().equals(DECLINED) ? REFUSED : DONE;
    }

    @Override
    public CompletionStage<ProviderAnswer> capture(CaptureRequest request) {
        return DONE;
    }

    @Override
    public CompletionStage<ProviderAnswer> refund(RefundRequest request) {
        return DONE;
    }

    @Override
    public CompletionStage<ProviderAnswer> undo(UndoRequest request) {
        return DONE;
    }

    @Override
    public CompletionStage<Optional<ProviderAnswer>> lookUp(String idempotencyKey) {
        return CompletableFuture.completedFuture(Optional.empty());
    }
}
