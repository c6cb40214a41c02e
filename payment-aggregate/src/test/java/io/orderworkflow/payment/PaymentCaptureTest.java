package io.orderworkflow.payment;

import io.orderworkflow.api.payment.CapturePayment;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentCaptureTest extends PaymentFixture {

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
            expectNothing(
                    fixture.given(requested(), authorized(), captureRequested()).when(new CapturePayment(payment())));
        }

        @Test
        void doesNotTakeMoneyTwice() {
            expectNothing(fixture.given(requested(), authorized(), captureRequested(), captured())
                    .when(new CapturePayment(payment())));
        }

        @Test
        void doesNotTakeMoneyThatIsNotHeld() {
            expectNothing(fixture.given(requested()).when(new CapturePayment(payment())));
        }

        @Test
        void doesNotTakeMoneyThatIsBeingLetGo() {
            expectNothing(
                    fixture.given(requested(), authorized(), voidRequested()).when(new CapturePayment(payment())));
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
            expectNothing(fixture.given(requested(), authorized(), captureRequested(), captured())
                    .when(taken()));
        }

        @Test
        void recordsARefusalOnce() {
            expectNothing(fixture.given(requested(), authorized(), captureRequested(), captureFailed())
                    .when(notTaken()));
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
            expectNothing(fixture.given(
                            requested(),
                            authorized(),
                            captureRequested(),
                            voidRequested(),
                            voided(),
                            voidRequested(),
                            refunded())
                    .when(taken()));
        }

        @Test
        void hasNothingToUndoIfItWasRefusedWhileBeingVoided() {
            expectNothing(fixture.given(requested(), authorized(), captureRequested(), voidRequested())
                    .when(notTaken()));
        }
    }
}
