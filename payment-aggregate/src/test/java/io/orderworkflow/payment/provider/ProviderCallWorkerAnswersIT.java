package io.orderworkflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordVoid;
import io.orderworkflow.payment.PaymentDatabase;
import io.orderworkflow.payment.PaymentProperties;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;

/** What a worker records of what the provider answers, or does not. */
class ProviderCallWorkerAnswersIT extends ProviderCallWorkerFixture {

    @Test
    void recordsAnAuthorizationInTheNameOfWhoCausedIt() {
        OrderId order = order("ok");

        DomainEventMessage<?> event =
                events.publish(worker(), requested(order, "tok_ok")).get(0);

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(recorded.providerReference()).isNotBlank();
        assertThat(recorded.refusal()).isNull();
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.SUCCEEDED);
        assertThat(payments.messages().get(0).getMetaData())
                .containsEntry("correlationId", "request-1")
                .containsEntry("causationId", event.getIdentifier())
                .containsEntry("userId", "ada")
                .containsEntry("source", "test");
        awaitNothingLeft();
    }

    @Test
    void recordsACapture() {
        OrderId order = order("captured");
        ProviderCallWorker worker = worker();

        events.publish(worker, requested(order, "tok_ok"));
        awaitCommands(order, 1);
        events.publish(worker, captureRequested(order));

        RecordCapture recorded = (RecordCapture) awaitCommands(order, 2).get(1);
        assertThat(recorded.refusal()).isNull();
        assertThat(builtIn.captures()).isEqualTo(1);
        awaitNothingLeft();
    }

    @Test
    void recordsARefusal() {
        OrderId order = order("declined");

        events.publish(worker(), requested(order, "tok_declined"));

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(recorded.providerReference()).isNull();
        assertThat(recorded.refusal()).isNotNull();
        assertThat(recorded.refusal().code()).isEqualTo("declined");
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.REFUSED);
        awaitNothingLeft();
    }

    @Test
    void recordsWhatWasGivenBack() {
        OrderId order = order("refunded");
        ProviderCallWorker worker = worker();
        events.publish(worker, requested(order, "tok_ok"));
        awaitCommands(order, 1);
        events.publish(worker, captureRequested(order));
        awaitCommands(order, 2);

        events.publish(worker, voidRequested(order));

        RecordVoid recorded = (RecordVoid) awaitCommands(order, 3).get(2);
        assertThat(recorded.refunded()).isEqualTo(AMOUNT);
        awaitNothingLeft();
    }

    @Test
    void looksUpALostAnswerAtOnceInsteadOfAskingAgain() {
        OrderId order = order("lost");
        PaymentProperties.Provider neverAgain = new PaymentProperties.Provider(
                null, IMPATIENT, 256, Duration.ofHours(1), Duration.ofHours(1), POLL_INTERVAL, CIRCUIT);

        events.publish(workerWith(httpProvider(IMPATIENT), neverAgain), requested(order, "tok_lost"));

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(recorded.refusal()).isNull();
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.NO_ANSWER, Outcome.FOUND);
        assertThat(builtIn.authorizations()).isEqualTo(1);
    }

    @Test
    void triesAgainWhatAFlakyProviderTurnedAway() {
        OrderId order = order("flaky");

        events.publish(worker(), requested(order, "tok_flaky"));

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(outcomes(recorded.attempts()))
                .containsExactly(Outcome.UNAVAILABLE, Outcome.UNAVAILABLE, Outcome.SUCCEEDED);
        awaitNothingLeft();
    }

    @Test
    void looksUpBeforeItTriesAgainAfterALostAnswer() {
        OrderId order = order("found later");
        AtomicBoolean carriedOut = new AtomicBoolean();
        scripted.answering(key -> new CompletableFuture<>());
        scripted.answeringLookUps(key -> carriedOut.get()
                ? CompletableFuture.completedFuture(Optional.of(ScriptedProvider.DONE))
                : CompletableFuture.failedFuture(new ProviderUnavailableException("away")));
        events.publish(workerWith(scripted, settings(256, IMPATIENT, POLL_INTERVAL)), requested(order, "any"));
        await().until(() -> scripted.calls().size() == 1);

        carriedOut.set(true);

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(outcomes(recorded.attempts())).startsWith(Outcome.NO_ANSWER).endsWith(Outcome.FOUND);
        assertThat(scripted.calls()).hasSize(1);
    }

    @Test
    void recordsTheAnswerAgainUntilThatSucceeds() {
        OrderId order = order("command fails");
        payments.failNext(3);

        events.publish(worker(), requested(order, "tok_ok"));

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.SUCCEEDED);
        assertThat(builtIn.authorizations()).isEqualTo(1);
        awaitNothingLeft();
    }

    @Test
    void chargesOnceAlthoughTheProcessEndsBetweenCallAndRecord() {
        OrderId order = order("crash");
        events.publish(worker(), requested(order, "tok_ok"));
        awaitCommands(order, 1);
        awaitNothingLeft();
        PaymentDatabase itsDatabase = closedAtTheEnd(database.toAnotherProcess());
        SimpleCommandBus itsCommands = SimpleCommandBus.builder().build();
        itsCommands.subscribe(RecordCapture.class.getName(), command -> {
            // From here on, nothing of it reaches the others any more.
            itsDatabase.close();
            throw new IllegalStateException("killed");
        });
        ProviderCallWorker dying = startedWorker(
                httpProvider(),
                DefaultCommandGateway.builder().commandBus(itsCommands).build(),
                itsDatabase,
                settings());

        new PaymentEventStream(itsDatabase)
                .publish(dying, requested(order("other"), "tok_ok"), captureRequested(order));

        RecordCapture recorded = (RecordCapture) awaitCommands(order, 2).get(1);
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.NO_ANSWER, Outcome.FOUND);
        assertThat(builtIn.captures()).isEqualTo(1);
        assertThat(builtIn.doubleCaptureAttempts()).isZero();
        awaitNothingLeft();
    }
}
