package io.orderworkflow.payment;

import static io.orderworkflow.api.Amounts.eur;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.AuthorizePayment;
import io.orderworkflow.api.payment.CapturePayment;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordVoid;
import io.orderworkflow.api.payment.VoidPayment;
import io.orderworkflow.api.payment.VoidRequested;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentTest {

    private static final Money AMOUNT = eur("19.90");
    private static final ProviderRefusal REFUSAL = new ProviderRefusal("declined", "the card was declined");

    private final FixtureConfiguration<Payment> fixture = new AggregateTestFixture<>(Payment.class);

    // Equal but never the same: what holds for one instance only would not hold after a restart.

    private static OrderId order() {
        return SampleOrder.orderId("paid-order");
    }

    private static PaymentId payment() {
        return PaymentId.forOrder(order());
    }

    private static AuthorizePayment authorizePayment() {
        return new AuthorizePayment(payment(), order(), AMOUNT, "card", "tok_ok");
    }

    private static PaymentRequested requested() {
        return new PaymentRequested(payment(), order(), AMOUNT, "card", "tok_ok");
    }

    private static PaymentAuthorized authorized() {
        return new PaymentAuthorized(payment(), order(), "reference", attempts(Action.AUTHORIZATION));
    }

    private static PaymentDeclined declined() {
        return new PaymentDeclined(payment(), order(), REFUSAL, attempts(Action.AUTHORIZATION));
    }

    private static CaptureRequested captureRequested() {
        return new CaptureRequested(payment(), order(), AMOUNT);
    }

    private static PaymentCaptured captured() {
        return new PaymentCaptured(payment(), order(), AMOUNT, attempts(Action.CAPTURE));
    }

    private static PaymentCaptureFailed captureFailed() {
        return new PaymentCaptureFailed(payment(), order(), REFUSAL, attempts(Action.CAPTURE));
    }

    private static VoidRequested voidRequested() {
        return new VoidRequested(payment(), order(), AMOUNT);
    }

    private static PaymentVoided voided() {
        return new PaymentVoided(payment(), order(), null, attempts(Action.VOID));
    }

    private static PaymentVoided refunded() {
        return new PaymentVoided(payment(), order(), AMOUNT, attempts(Action.VOID));
    }

    private static PaymentVoided voidedBeforeItWasAsked() {
        return new PaymentVoided(payment(), order(), null, List.of());
    }

    private static RecordAuthorization granted() {
        return new RecordAuthorization(payment(), "reference", null, attempts(Action.AUTHORIZATION));
    }

    private static RecordAuthorization refused() {
        return new RecordAuthorization(payment(), null, REFUSAL, attempts(Action.AUTHORIZATION));
    }

    private static RecordCapture taken() {
        return new RecordCapture(payment(), null, attempts(Action.CAPTURE));
    }

    private static RecordCapture notTaken() {
        return new RecordCapture(payment(), REFUSAL, attempts(Action.CAPTURE));
    }

    private static RecordVoid undone() {
        return new RecordVoid(payment(), null, attempts(Action.VOID));
    }

    private static RecordVoid undoneWithRefund() {
        return new RecordVoid(payment(), AMOUNT, attempts(Action.VOID));
    }

    private static VoidPayment voidPayment() {
        return new VoidPayment(payment(), order());
    }

    private static List<ProviderAttempt> attempts(Action action) {
        return List.of(new ProviderAttempt(action, Instant.EPOCH, Outcome.SUCCEEDED, "done"));
    }

    @Nested
    class WhenAskedToAuthorize {

        @Test
        void requestsIt() {
            fixture.givenNoPriorActivity().when(authorizePayment()).expectEvents(requested());
        }

        @Test
        void requestsItOnce() {
            fixture.given(requested())
                    .when(authorizePayment())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNotBeginAnewWhenItWasAnswered() {
            fixture.given(requested(), declined())
                    .when(authorizePayment())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void ignoresItWhenAVoidOvertookIt() {
            fixture.given(voidedBeforeItWasAsked())
                    .when(authorizePayment())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }

    @Nested
    class WhenTheAuthorizationIsAnswered {

        @Test
        void isAuthorizedIfGranted() {
            fixture.given(requested()).when(granted()).expectEvents(authorized());
        }

        @Test
        void isDeclinedIfRefused() {
            fixture.given(requested()).when(refused()).expectEvents(declined());
        }

        @Test
        void recordsItOnce() {
            fixture.given(requested(), authorized())
                    .when(granted())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void recordsARefusalOnce() {
            fixture.given(requested(), declined())
                    .when(refused())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void ignoresARepetitionThatComesWhenTheMoneyIsTaken() {
            fixture.given(requested(), authorized(), captureRequested(), captured())
                    .when(granted())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void undoesItIfItWasBeingVoided() {
            fixture.given(requested(), voidRequested()).when(granted()).expectEvents(voidRequested());
        }

        @Test
        void undoesItIfItWasVoided() {
            fixture.given(requested(), voidRequested(), voided())
                    .when(granted())
                    .expectEvents(voidRequested());
        }

        @Test
        void undoesItOnce() {
            fixture.given(requested(), voidRequested(), voidRequested())
                    .when(granted())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void hasNothingToUndoIfItWasRefusedWhileBeingVoided() {
            fixture.given(requested(), voidRequested())
                    .when(refused())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void hasNothingToUndoIfItWasAnsweredBeforeTheVoid() {
            fixture.given(requested(), authorized(), voidRequested())
                    .when(granted())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNotKnowAPaymentThatWasNeverRequested() {
            fixture.givenNoPriorActivity().when(granted()).expectException(AggregateNotFoundException.class);
        }
    }

    @Nested
    class WhenAskedToCapture {

        @Test
        void requestsItIfAuthorized() {
            fixture.given(requested(), authorized())
                    .when(new CapturePayment(payment()))
                    .expectEvents(captureRequested());
        }

        @Test
        void requestsItOnce() {
            fixture.given(requested(), authorized(), captureRequested())
                    .when(new CapturePayment(payment()))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNotTakeMoneyTwice() {
            fixture.given(requested(), authorized(), captureRequested(), captured())
                    .when(new CapturePayment(payment()))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNotTakeMoneyThatIsNotHeld() {
            fixture.given(requested())
                    .when(new CapturePayment(payment()))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNotTakeMoneyThatIsBeingLetGo() {
            fixture.given(requested(), authorized(), voidRequested())
                    .when(new CapturePayment(payment()))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }

    @Nested
    class WhenTheCaptureIsAnswered {

        @Test
        void isCapturedIfTaken() {
            fixture.given(requested(), authorized(), captureRequested())
                    .when(taken())
                    .expectEvents(captured());
        }

        @Test
        void hasFailedIfRefused() {
            fixture.given(requested(), authorized(), captureRequested())
                    .when(notTaken())
                    .expectEvents(captureFailed());
        }

        @Test
        void recordsItOnce() {
            fixture.given(requested(), authorized(), captureRequested(), captured())
                    .when(taken())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void recordsARefusalOnce() {
            fixture.given(requested(), authorized(), captureRequested(), captureFailed())
                    .when(notTaken())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void undoesItIfItWasBeingVoided() {
            fixture.given(requested(), authorized(), captureRequested(), voidRequested())
                    .when(taken())
                    .expectEvents(voidRequested());
        }

        @Test
        void undoesItIfItWasVoided() {
            fixture.given(requested(), authorized(), captureRequested(), voidRequested(), voided())
                    .when(taken())
                    .expectEvents(voidRequested());
        }

        @Test
        void undoesItOnce() {
            fixture.given(
                            requested(),
                            authorized(),
                            captureRequested(),
                            voidRequested(),
                            voided(),
                            voidRequested(),
                            refunded())
                    .when(taken())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void hasNothingToUndoIfItWasRefusedWhileBeingVoided() {
            fixture.given(requested(), authorized(), captureRequested(), voidRequested())
                    .when(notTaken())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }

    @Nested
    class WhenAskedToVoid {

        @Test
        void isVoidedAtOnceIfNothingWasAsked() {
            fixture.givenNoPriorActivity().when(voidPayment()).expectEvents(voidedBeforeItWasAsked());
        }

        @Test
        void isVoidedAtOnceIfDeclined() {
            fixture.given(requested(), declined()).when(voidPayment()).expectEvents(voidedBeforeItWasAsked());
        }

        @Test
        void requestsItIfTheProviderHasNotAnswered() {
            fixture.given(requested()).when(voidPayment()).expectEvents(voidRequested());
        }

        @Test
        void letsGoOfHeldMoney() {
            fixture.given(requested(), authorized()).when(voidPayment()).expectEvents(voidRequested());
        }

        @Test
        void letsGoOfHeldMoneyThatCouldNotBeTaken() {
            fixture.given(requested(), authorized(), captureRequested(), captureFailed())
                    .when(voidPayment())
                    .expectEvents(voidRequested());
        }

        @Test
        void requestsItIfTheCaptureIsNotAnswered() {
            fixture.given(requested(), authorized(), captureRequested())
                    .when(voidPayment())
                    .expectEvents(voidRequested());
        }

        @Test
        void givesBackTakenMoney() {
            fixture.given(requested(), authorized(), captureRequested(), captured())
                    .when(voidPayment())
                    .expectEvents(voidRequested());
        }

        @Test
        void requestsItOnce() {
            fixture.given(requested(), voidRequested())
                    .when(voidPayment())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void isVoidedOnce() {
            fixture.given(voidedBeforeItWasAsked())
                    .when(voidPayment())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }

    @Nested
    class WhenTheVoidIsAnswered {

        @Test
        void isVoided() {
            fixture.given(requested(), voidRequested()).when(undone()).expectEvents(voided());
        }

        @Test
        void saysWhatWasGivenBack() {
            fixture.given(requested(), authorized(), captureRequested(), captured(), voidRequested())
                    .when(undoneWithRefund())
                    .expectEvents(refunded());
        }

        @Test
        void recordsItOnce() {
            fixture.given(requested(), voidRequested(), voided())
                    .when(undone())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void isVoidedAgainAfterALateAnswerWasUndone() {
            fixture.given(requested(), voidRequested(), voided(), voidRequested())
                    .when(undone())
                    .expectEvents(voided());
        }

        @Test
        void saysWhatWasGivenBackEvenIfAnEarlierAnswerDidNotKnow() {
            fixture.given(requested(), authorized(), captureRequested(), voidRequested(), voidRequested(), voided())
                    .when(undoneWithRefund())
                    .expectEvents(refunded());
        }

        @Test
        void saysWhatWasGivenBackOnce() {
            fixture.given(requested(), authorized(), captureRequested(), captured(), voidRequested(), refunded())
                    .when(undoneWithRefund())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void ignoresItIfNobodyAskedForIt() {
            fixture.given(requested(), authorized())
                    .when(undone())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }
}
