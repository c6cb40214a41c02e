package io.orderworkflow.payment.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A provider that does as a test tells it; where timing matters that the built-in one cannot be made to keep. */
final class ScriptedProvider implements PaymentProvider, AutoCloseable {

    static final ProviderAnswer.Done DONE = new ProviderAnswer.Done("scripted", null);

    private final List<String> calls = new ArrayList<>();
    private final List<CompletableFuture<ProviderAnswer>> open = new CopyOnWriteArrayList<>();
    private int inFlight;
    private int mostInFlight;
    private boolean calledInTransaction;

    private volatile Function<String, CompletionStage<ProviderAnswer>> script =
            key -> CompletableFuture.completedFuture(DONE);
    private volatile Function<String, CompletionStage<Optional<ProviderAnswer>>> lookUps =
            key -> CompletableFuture.completedFuture(Optional.empty());

    /** Answers so from now on; given the idempotency key. */
    void answering(Function<String, CompletionStage<ProviderAnswer>> how) {
        script = how;
    }

    /** Answers look-ups so from now on; given the idempotency key. */
    void answeringLookUps(Function<String, CompletionStage<Optional<ProviderAnswer>>> how) {
        lookUps = how;
    }

    /** The idempotency keys of all calls, in the order in which they came. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized int mostInFlight() {
        return mostInFlight;
    }

    synchronized boolean wasCalledInTransaction() {
        return calledInTransaction;
    }

    @Override
    public CompletionStage<ProviderAnswer> authorize(AuthorizationRequest request) {
        return call(request.idempotencyKey());
    }

    @Override
    public CompletionStage<ProviderAnswer> capture(CaptureRequest request) {
        return call(request.idempotencyKey());
    }

    @Override
    public CompletionStage<ProviderAnswer> refund(RefundRequest request) {
        return call(request.idempotencyKey());
    }

    @Override
    public CompletionStage<ProviderAnswer> undo(UndoRequest request) {
        return call(request.idempotencyKey());
    }

    @Override
    public CompletionStage<Optional<ProviderAnswer>> lookUp(String idempotencyKey) {
        return lookUps.apply(idempotencyKey);
    }

    /** Answers whoever still waits, so that no worker has to wait for that when it is stopped. */
    @Override
    public void close() {
        ProviderUnavailableException closed = new ProviderUnavailableException("closed");
        script = key -> CompletableFuture.failedFuture(closed);
        open.forEach(answer -> answer.completeExceptionally(closed));
    }

    private CompletionStage<ProviderAnswer> call(String key) {
        begin(key);
        CompletableFuture<ProviderAnswer> answer = script.apply(key).toCompletableFuture();
        open.add(answer);
        return answer.whenComplete((done, failure) -> end());
    }

    private synchronized void begin(String key) {
        calls.add(key);
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        calledInTransaction |= TransactionSynchronizationManager.isActualTransactionActive();
    }

    private synchronized void end() {
        inFlight--;
    }
}
