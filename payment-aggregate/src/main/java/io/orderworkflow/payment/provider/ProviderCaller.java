package io.orderworkflow.payment.provider;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the provider once for one call, within a time limit, and sees to it that a lost answer is looked up: before
 * anything is asked again, and as soon as it was lost.
 *
 * <p>Reports to the circuit breaker whether the provider answers at all. One that answers to a look-up is alive, even
 * if it left a single request unanswered.
 */
final class ProviderCaller {

    private final PaymentProvider provider;
    private final CircuitBreaker circuit;
    private final ProviderCallCounts counts;
    private final Executor executor;
    private final Clock clock;
    private final Duration timeLimit;

    ProviderCaller(
            PaymentProvider provider,
            CircuitBreaker circuit,
            ProviderCallCounts counts,
            Executor executor,
            Clock clock,
            Duration timeLimit) {
        this.provider = provider;
        this.circuit = circuit;
        this.counts = counts;
        this.executor = executor;
        this.clock = clock;
        this.timeLimit = timeLimit;
    }

    /**
     * Tries a call for which the circuit breaker gave permission.
     *
     * @return the call with the attempts that were made, and with the answer if there is one; never fails
     */
    CompletionStage<ProviderCall> tryOnce(ProviderCall call) {
        return call.mayHaveBeenCarriedOut() ? lookUpOrAsk(call) : ask(call);
    }

    private CompletionStage<ProviderCall> lookUpOrAsk(ProviderCall call) {
        Instant at = clock.instant();
        return exchange(() -> provider.lookUp(call.idempotencyKey()), (found, failure) -> {
            if (found == null) {
                circuitSees(failure);
                String detail = "what became of the earlier call could not be looked up: " + words(failure);
                return done(attempted(call, at, outcomeOf(failure), detail));
            }
            return found.isPresent() ? done(foundLater(call, at, found.get())) : ask(call);
        });
    }

    private CompletionStage<ProviderCall> ask(ProviderCall call) {
        Instant at = clock.instant();
        return exchange(() -> send(call), (answer, failure) -> {
            if (answer != null) {
                circuitSees(null);
                return done(answered(call, at, Outcome.SUCCEEDED, answer));
            }
            ProviderCall attempted = attempted(call, at, outcomeOf(failure), words(failure));
            if (outcomeOf(failure) == Outcome.NO_ANSWER) {
                return lookUpLostAnswer(attempted);
            }
            circuitSees(failure);
            return done(attempted);
        });
    }

    private CompletionStage<ProviderCall> lookUpLostAnswer(ProviderCall call) {
        Instant at = clock.instant();
        return exchange(() -> provider.lookUp(call.idempotencyKey()), (found, failure) -> {
            if (found == null) {
                circuitSees(failure);
                return done(call);
            }
            if (found.isEmpty()) {
                circuit.releasePermission();
                return done(call);
            }
            return done(foundLater(call, at, found.get()));
        });
    }

    private ProviderCall foundLater(ProviderCall call, Instant at, ProviderAnswer answer) {
        circuitSees(null);
        return answered(call, at, Outcome.FOUND, answer);
    }

    private CompletionStage<ProviderAnswer> send(ProviderCall call) {
        String key = call.idempotencyKey();
        return switch (call.action()) {
            case AUTHORIZATION -> {
                ProviderCall.Means means = Objects.requireNonNull(call.means(), "means of payment");
                yield provider.authorize(new AuthorizationRequest(
                        key, call.id().paymentId(), call.orderId(), call.amount(), means.method(), means.token()));
            }
            case CAPTURE -> provider.capture(new CaptureRequest(key, call.id().paymentId(), call.amount()));
            case REFUND -> provider.refund(new RefundRequest(key, call.id().paymentId(), call.amount()));
            case VOID -> provider.undo(new UndoRequest(key, call.id().paymentId()));
        };
    }

    /** Waits for an answer no longer than the time limit, and goes on with it on a thread of ours, not the provider's. */
    private <T> CompletionStage<ProviderCall> exchange(
            Supplier<CompletionStage<T>> request,
            BiFunction<@Nullable T, @Nullable Throwable, CompletionStage<ProviderCall>> next) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            request.get().whenComplete((value, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else {
                    answer.complete(value);
                }
            });
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
        return answer.orTimeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync((value, failure) -> next.apply(value, failure == null ? null : causeOf(failure)), executor)
                .thenCompose(stage -> stage);
    }

    private void circuitSees(@Nullable Throwable failure) {
        if (failure == null) {
            circuit.onSuccess(0, TimeUnit.MILLISECONDS);
        } else {
            circuit.onError(0, TimeUnit.MILLISECONDS, failure);
        }
    }

    private ProviderCall answered(ProviderCall call, Instant at, Outcome ifDone, ProviderAnswer answer) {
        String when = ifDone == Outcome.FOUND ? " since an earlier call, whose answer was lost" : "";
        if (answer instanceof ProviderAnswer.Refused refused) {
            String why = refused.refusal().message() + " (" + refused.refusal().code() + ")";
            return attempted(call, at, Outcome.REFUSED, "refused" + when + ": " + why)
                    .answered(answer);
        }
        String done = switch (call.action()) {
            case AUTHORIZATION -> "the money is held";
            case CAPTURE -> "the money is taken";
            case REFUND -> "the money is given back";
            case VOID -> "nothing is held or taken any more";
        };
        return attempted(call, at, ifDone, done + when).answered(answer);
    }

    private ProviderCall attempted(ProviderCall call, Instant at, Outcome outcome, String detail) {
        counts.count(call.action(), outcome);
        return call.attempted(new ProviderAttempt(call.action(), at, outcome, detail));
    }

    private static Outcome outcomeOf(@Nullable Throwable failure) {
        return failure instanceof ProviderUnavailableException ? Outcome.UNAVAILABLE : Outcome.NO_ANSWER;
    }

    private String words(@Nullable Throwable failure) {
        if (failure == null) {
            return "the provider's client answered with nothing at all";
        }
        if (failure instanceof TimeoutException) {
            return "no answer within " + timeLimit.toMillis() + " ms";
        }
        return Objects.requireNonNullElseGet(failure.getMessage(), failure::toString);
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private static CompletionStage<ProviderCall> done(ProviderCall call) {
        return CompletableFuture.completedFuture(call);
    }
}
