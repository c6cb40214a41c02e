package io.orderworkflow.payment;

import static io.orderworkflow.api.Amounts.eur;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.AuthorizePayment;
import io.orderworkflow.api.payment.CapturePayment;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordRefund;
import io.orderworkflow.api.payment.RecordVoid;
import io.orderworkflow.api.payment.RefundPayment;
import io.orderworkflow.api.payment.RefundRequested;
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
        return new RecordVoid(payment(), null, null, attempts(Action.VOID));
    }

    private static RecordVoid undoneWithRefund() {
        return new RecordVoid(payment(), AMOUNT, null, attempts(Action.VOID));
    }

    private static RecordVoid notUndone() {
        return new RecordVoid(payment(), null, REFUSAL, attempts(Action.VOID));
    }

    private static PaymentRefundFailed voidFailed() {
        return new PaymentRefundFailed(
                payment(), order(), new RefundId(order().value()), REFUSAL, attempts(Action.VOID));
    }

    private static RefundId refundId(String key) {
        return RefundId.forIdempotencyKey(order(), key);
    }

    private static RefundPayment refund(String key, String amount) {
        return new RefundPayment(payment(), refundId(key), eur(amount));
    }

    private static RefundRequested refundRequested(String key, String amount, int attempt) {
        return new RefundRequested(payment(), order(), refundId(key), eur(amount), attempt);
    }

    private static PaymentRefunded refunded(String key, String amount, String total) {
        return new PaymentRefunded(payment(), order(), refundId(key), eur(amount), eur(total), attempts(Action.REFUND));
    }

    private static PaymentRefundFailed refundFailed(String key) {
        return new PaymentRefundFailed(payment(), order(), refundId(key), REFUSAL, attempts(Action.REFUND));
    }

    private static PaymentRefundFailed tooMuch(String key, String amount, String left) {
        String why = "%s EUR were to be given back, but only %s EUR of what was taken can be".formatted(amount, left);
        return new PaymentRefundFailed(
                payment(), order(), refundId(key), new ProviderRefusal("amount_not_left", why), List.of());
    }

    private static RecordRefund givenBack(String key, int attempt) {
        return new RecordRefund(payment(), refundId(key), attempt, null, attempts(Action.REFUND));
    }

    private static RecordRefund notGivenBack(String key, int attempt) {
        return new RecordRefund(payment(), refundId(key), attempt, REFUSAL, attempts(Action.REFUND));
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

    @Nested
    class WhenTheVoidIsRefused {

        @Test
        void recordsIt() {
            fixture.given(requested(), authorized(), captureRequested(), captured(), voidRequested())
                    .when(notUndone())
                    .expectEvents(voidFailed());
        }

        @Test
        void recordsItOnceForEachRequest() {
            fixture.given(requested(), authorized(), captureRequested(), captured(), voidRequested(), voidFailed())
                    .when(notUndone())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void asksTheProviderAgainWhenAskedAgain() {
            fixture.given(requested(), authorized(), captureRequested(), captured(), voidRequested(), voidFailed())
                    .when(voidPayment())
                    .expectEvents(voidRequested());
        }

        @Test
        void asksTheProviderAgainOnce() {
            fixture.given(requested(), captured(), voidRequested(), voidFailed(), voidRequested())
                    .when(voidPayment())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void recordsThatItIsRefusedAgain() {
            fixture.given(requested(), captured(), voidRequested(), voidFailed(), voidRequested())
                    .when(notUndone())
                    .expectEvents(voidFailed());
        }

        @Test
        void isVoidedWhenItSucceedsAfterAll() {
            fixture.given(requested(), captured(), voidRequested(), voidFailed())
                    .when(undoneWithRefund())
                    .expectEvents(refunded());
        }

        @Test
        void ignoresARefusalThatComesAfterItSucceeded() {
            fixture.given(requested(), captured(), voidRequested(), voidFailed(), voidRequested(), refunded())
                    .when(notUndone())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void stillUndoesACaptureThatTurnsOutToBeDone() {
            fixture.given(requested(), authorized(), captureRequested(), voidRequested(), voidFailed())
                    .when(taken())
                    .expectEvents(voidRequested());
        }

        @Test
        void stillUndoesACaptureThatTurnsOutToBeDoneAfterItWasAskedAgain() {
            fixture.given(requested(), authorized(), captureRequested(), voidRequested(), voidFailed(), voidRequested())
                    .when(taken())
                    .expectEvents(voidRequested());
        }

        @Test
        void undoesAnAuthorizationThatComesAfterTheVoidAlsoWhenThatFailsAtFirst() {
            fixture.given(requested(), voidRequested(), voided(), voidRequested(), voidFailed())
                    .when(undone())
                    .expectEvents(voided());
        }
    }

    @Nested
    class WhenAskedToRefund {

        @Test
        void requestsIt() {
            fixture.given(requested(), authorized(), captureRequested(), captured())
                    .when(refund("a", "5.00"))
                    .expectEvents(refundRequested("a", "5.00", 1));
        }

        @Test
        void requestsItOnce() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1))
                    .when(refund("a", "5.00"))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void givesMoneyBackOnce() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refunded("a", "5.00", "5.00"))
                    .when(refund("a", "5.00"))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void requestsItAgainAfterItWasRefused() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refundFailed("a"))
                    .when(refund("a", "5.00"))
                    .expectEvents(refundRequested("a", "5.00", 2));
        }

        @Test
        void requestsAnotherWhileOneIsUnderWay() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1))
                    .when(refund("b", "14.90"))
                    .expectEvents(refundRequested("b", "14.90", 1));
        }

        @Test
        void givesNothingBackForNothing() {
            fixture.given(requested(), captured(), refundRequested("a", "19.90", 1), refunded("a", "19.90", "19.90"))
                    .when(refund("b", "0.00"))
                    .expectEvents(refundRequested("b", "0.00", 1));
        }

        @Test
        void refusesMoreThanWasTaken() {
            fixture.given(requested(), captured())
                    .when(refund("a", "19.91"))
                    .expectEvents(tooMuch("a", "19.91", "19.90"));
        }

        @Test
        void refusesMoreThanOthersThatAreUnderWayLeave() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1))
                    .when(refund("b", "14.91"))
                    .expectEvents(tooMuch("b", "14.91", "14.90"));
        }

        @Test
        void refusesMoreThanOthersThatAreDoneLeave() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refunded("a", "5.00", "5.00"))
                    .when(refund("b", "14.91"))
                    .expectEvents(tooMuch("b", "14.91", "14.90"));
        }

        @Test
        void countsNoneThatWasRefused() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refundFailed("a"))
                    .when(refund("b", "19.90"))
                    .expectEvents(refundRequested("b", "19.90", 1));
        }

        @Test
        void refusesToRepeatARefusedOneThatOthersLeaveTooLittleFor() {
            fixture.given(
                            requested(),
                            captured(),
                            refundRequested("a", "5.00", 1),
                            refundFailed("a"),
                            refundRequested("b", "19.90", 1))
                    .when(refund("a", "5.00"))
                    .expectEvents(tooMuch("a", "5.00", "0.00"));
        }

        @Test
        void asksForOneThatTooLittleWasLeftForOnceThereIsEnough() {
            fixture.given(
                            requested(),
                            captured(),
                            refundRequested("a", "15.00", 1),
                            tooMuch("b", "5.00", "4.90"),
                            refundFailed("a"))
                    .when(refund("b", "5.00"))
                    .expectEvents(refundRequested("b", "5.00", 1));
        }

        @Test
        void refusesAnotherCurrency() {
            fixture.given(requested(), captured())
                    .when(new RefundPayment(payment(), refundId("a"), Money.of("1.00", "USD")))
                    .expectEvents(new PaymentRefundFailed(
                            payment(),
                            order(),
                            refundId("a"),
                            new ProviderRefusal(
                                    "amount_not_left",
                                    "1.00 USD were to be given back, but only 19.90 EUR of what was taken can be"),
                            List.of()));
        }

        @Test
        void refusesWhatWasNotTakenYet() {
            fixture.given(requested(), authorized(), captureRequested())
                    .when(refund("a", "5.00"))
                    .expectEvents(tooMuch("a", "5.00", "0.00"));
        }

        @Test
        void leavesItToAVoidThatIsUnderWay() {
            fixture.given(requested(), captured(), voidRequested())
                    .when(refund("a", "5.00"))
                    .expectEvents(tooMuch("a", "5.00", "0.00"));
        }

        @Test
        void isDoneIfAVoidHasGivenBackEverything() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refundFailed("a"))
                    .andGiven(voidRequested(), refunded())
                    .when(refund("a", "5.00"))
                    .expectEvents(
                            new PaymentRefunded(payment(), order(), refundId("a"), eur("0.00"), AMOUNT, List.of()));
        }

        @Test
        void isDoneOnceIfAVoidHasGivenBackEverything() {
            fixture.given(requested(), captured(), voidRequested(), refunded())
                    .andGivenCommands(refund("a", "5.00"))
                    .when(refund("a", "5.00"))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void refusesItIfThePaymentWasVoidedBeforeAnythingWasTaken() {
            fixture.given(voidedBeforeItWasAsked())
                    .when(refund("a", "5.00"))
                    .expectEvents(tooMuch("a", "5.00", "0.00"));
        }

        @Test
        void doesNotKnowAPaymentThatWasNeverRequested() {
            fixture.givenNoPriorActivity().when(refund("a", "5.00")).expectException(AggregateNotFoundException.class);
        }
    }

    @Nested
    class WhenTheRefundIsAnswered {

        @Test
        void isRefunded() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1))
                    .when(givenBack("a", 1))
                    .expectEvents(refunded("a", "5.00", "5.00"));
        }

        @Test
        void saysHowMuchWasGivenBackAltogether() {
            fixture.given(
                            requested(),
                            captured(),
                            refundRequested("a", "5.00", 1),
                            refunded("a", "5.00", "5.00"),
                            refundRequested("b", "14.90", 1))
                    .when(givenBack("b", 1))
                    .expectEvents(refunded("b", "14.90", "19.90"));
        }

        @Test
        void hasFailedIfRefused() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1))
                    .when(notGivenBack("a", 1))
                    .expectEvents(refundFailed("a"));
        }

        @Test
        void isRefundedWhenItSucceedsAfterARefusal() {
            fixture.given(
                            requested(),
                            captured(),
                            refundRequested("a", "5.00", 1),
                            refundFailed("a"),
                            refundRequested("a", "5.00", 2))
                    .when(givenBack("a", 2))
                    .expectEvents(refunded("a", "5.00", "5.00"));
        }

        @Test
        void recordsItOnce() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refunded("a", "5.00", "5.00"))
                    .when(givenBack("a", 1))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void recordsARefusalOnce() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refundFailed("a"))
                    .when(notGivenBack("a", 1))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void doesNotTakeARepeatedRefusalForTheAnswerToALaterRequest() {
            fixture.given(
                            requested(),
                            captured(),
                            refundRequested("a", "5.00", 1),
                            refundFailed("a"),
                            refundRequested("a", "5.00", 2))
                    .when(notGivenBack("a", 1))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void recordsItAlsoWhileThePaymentIsBeingVoided() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), voidRequested())
                    .when(givenBack("a", 1))
                    .expectEvents(refunded("a", "5.00", "5.00"));
        }

        @Test
        void ignoresItIfNobodyAskedForIt() {
            fixture.given(requested(), captured())
                    .when(givenBack("a", 1))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }

    @Nested
    class WhenAskedToVoidAfterAPartWasRefunded {

        @Test
        void givesBackTheRest() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refunded("a", "5.00", "5.00"))
                    .when(voidPayment())
                    .expectEvents(voidRequested());
        }

        @Test
        void givesBackTheRestOfARefundThatIsUnderWay() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1))
                    .when(voidPayment())
                    .expectEvents(voidRequested());
        }

        @Test
        void saysWhatWasGivenBackAltogether() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refunded("a", "5.00", "5.00"))
                    .andGiven(voidRequested())
                    .when(undoneWithRefund())
                    .expectEvents(refunded());
        }

        @Test
        void saysWhatWasGivenBackAltogetherOnce() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refunded("a", "5.00", "5.00"))
                    .andGiven(voidRequested(), refunded())
                    .when(undoneWithRefund())
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }
}
