package io.orderworkflow.payment;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentVoidTest extends PaymentFixture {

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
            expectNothing(fixture.given(requested(), voidRequested()).when(voidPayment()));
        }

        @Test
        void isVoidedOnce() {
            expectNothing(fixture.given(voidedBeforeItWasAsked()).when(voidPayment()));
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
            expectNothing(fixture.given(requested(), voidRequested(), voided()).when(undone()));
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
            expectNothing(fixture.given(
                            requested(), authorized(), captureRequested(), captured(), voidRequested(), refunded())
                    .when(undoneWithRefund()));
        }

        @Test
        void ignoresItIfNobodyAskedForIt() {
            expectNothing(fixture.given(requested(), authorized()).when(undone()));
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
            expectNothing(fixture.given(
                            requested(), authorized(), captureRequested(), captured(), voidRequested(), voidFailed())
                    .when(notUndone()));
        }

        @Test
        void asksTheProviderAgainWhenAskedAgain() {
            fixture.given(requested(), authorized(), captureRequested(), captured(), voidRequested(), voidFailed())
                    .when(voidPayment())
                    .expectEvents(voidRequested());
        }

        @Test
        void asksTheProviderAgainOnce() {
            expectNothing(fixture.given(requested(), captured(), voidRequested(), voidFailed(), voidRequested())
                    .when(voidPayment()));
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
            expectNothing(
                    fixture.given(requested(), captured(), voidRequested(), voidFailed(), voidRequested(), refunded())
                            .when(notUndone()));
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
            expectNothing(fixture.given(
                            requested(), captured(), refundRequested("a", "5.00", 1), refunded("a", "5.00", "5.00"))
                    .andGiven(voidRequested(), refunded())
                    .when(undoneWithRefund()));
        }
    }
}
