package io.orderworkflow.payment;

import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentAuthorizationTest extends PaymentFixture {

    @Nested
    class WhenAskedToAuthorize {

        @Test
        void requestsIt() {
            fixture.givenNoPriorActivity().when(authorizePayment()).expectEvents(requested());
        }

        @Test
        void requestsItOnce() {
            expectNothing(fixture.given(requested()).when(authorizePayment()));
        }

        @Test
        void doesNotBeginAnewWhenItWasAnswered() {
            expectNothing(fixture.given(requested(), declined()).when(authorizePayment()));
        }

        @Test
        void ignoresItWhenAVoidOvertookIt() {
            expectNothing(fixture.given(voidedBeforeItWasAsked()).when(authorizePayment()));
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
            expectNothing(fixture.given(requested(), authorized()).when(granted()));
        }

        @Test
        void recordsARefusalOnce() {
            expectNothing(fixture.given(requested(), declined()).when(refused()));
        }

        @Test
        void ignoresARepetitionThatComesWhenTheMoneyIsTaken() {
            expectNothing(fixture.given(requested(), authorized(), captureRequested(), captured())
                    .when(granted()));
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
            expectNothing(
                    fixture.given(requested(), voidRequested(), voidRequested()).when(granted()));
        }

        @Test
        void hasNothingToUndoIfItWasRefusedWhileBeingVoided() {
            expectNothing(fixture.given(requested(), voidRequested()).when(refused()));
        }

        @Test
        void hasNothingToUndoIfItWasAnsweredBeforeTheVoid() {
            expectNothing(
                    fixture.given(requested(), authorized(), voidRequested()).when(granted()));
        }

        @Test
        void doesNotKnowAPaymentThatWasNeverRequested() {
            fixture.givenNoPriorActivity().when(granted()).expectException(AggregateNotFoundException.class);
        }
    }
}
