package io.orderworkflow.payment;

import static io.orderworkflow.api.Amounts.eur;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundPayment;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentRefundTest extends PaymentFixture {

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
            expectNothing(fixture.given(requested(), captured(), refundRequested("a", "5.00", 1))
                    .when(refund("a", "5.00")));
        }

        @Test
        void givesMoneyBackOnce() {
            expectNothing(fixture.given(
                            requested(), captured(), refundRequested("a", "5.00", 1), refunded("a", "5.00", "5.00"))
                    .when(refund("a", "5.00")));
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
            expectNothing(fixture.given(requested(), captured(), voidRequested(), refunded())
                    .andGivenCommands(refund("a", "5.00"))
                    .when(refund("a", "5.00")));
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
            expectNothing(fixture.given(
                            requested(), captured(), refundRequested("a", "5.00", 1), refunded("a", "5.00", "5.00"))
                    .when(givenBack("a", 1)));
        }

        @Test
        void recordsARefusalOnce() {
            expectNothing(fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), refundFailed("a"))
                    .when(notGivenBack("a", 1)));
        }

        @Test
        void doesNotTakeARepeatedRefusalForTheAnswerToALaterRequest() {
            expectNothing(fixture.given(
                            requested(),
                            captured(),
                            refundRequested("a", "5.00", 1),
                            refundFailed("a"),
                            refundRequested("a", "5.00", 2))
                    .when(notGivenBack("a", 1)));
        }

        @Test
        void recordsItAlsoWhileThePaymentIsBeingVoided() {
            fixture.given(requested(), captured(), refundRequested("a", "5.00", 1), voidRequested())
                    .when(givenBack("a", 1))
                    .expectEvents(refunded("a", "5.00", "5.00"));
        }

        @Test
        void ignoresItIfNobodyAskedForIt() {
            expectNothing(fixture.given(requested(), captured()).when(givenBack("a", 1)));
        }
    }
}
