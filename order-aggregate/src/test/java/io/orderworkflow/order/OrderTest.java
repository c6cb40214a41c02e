package io.orderworkflow.order;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.Amounts.usd;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.order.ConfirmOrder;
import io.orderworkflow.api.order.ExpireOrderStep;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.RejectOrder;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final SampleOrder ORDER =
            anOrder().of("SKU-1", 2).at(eur("9.90")).of("SKU-2", 1).at(eur("0.25"));
    private static final OrderId ID = ORDER.orderId();
    private static final RejectionReason DECLINED =
            new RejectionReason(RejectionReason.Code.PAYMENT_DECLINED, "declined", List.of());

    private final FixtureConfiguration<Order> fixture = new AggregateTestFixture<>(Order.class);

    @Test
    void acceptsAnOrderAtTheSumOfItsLines() {
        assertThat(ORDER.placed().total()).isEqualTo(eur("20.05"));
        fixture.givenNoPriorActivity().when(ORDER.place()).expectEvents(ORDER.placed());
    }

    @Test
    void changesNothingWhenTheSameRequestIsRepeated() {
        fixture.given(ORDER.placed())
                .when(ORDER.place())
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void answersARepeatEvenIfThePriceHasChangedMeanwhile() {
        fixture.given(ORDER.placed())
                .when(ORDER.at(eur("7.00")).place())
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void refusesAnotherRequestWithTheSameKey() {
        expectRefusal(
                fixture.given(ORDER.placed())
                        .when(ORDER.requestedAs("fingerprint-2").place()),
                Refusal.Code.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void refusesAnotherRequestWithTheSameKeyAfterTheOrderIsSettled() {
        expectRefusal(
                fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                        .when(ORDER.requestedAs("fingerprint-2").place()),
                Refusal.Code.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void refusesLinesInSeveralCurrencies() {
        expectRefusal(
                fixture.givenNoPriorActivity()
                        .when(ORDER.of("SKU-3", 1).at(usd("1.00")).place()),
                Refusal.Code.UNPAYABLE_TOTAL);
    }

    @Test
    void isConfirmed() {
        fixture.given(ORDER.placed()).when(new ConfirmOrder(ID)).expectEvents(new OrderConfirmed(ID));
    }

    @Test
    void isRejected() {
        fixture.given(ORDER.placed()).when(new RejectOrder(ID, DECLINED)).expectEvents(new OrderRejected(ID, DECLINED));
    }

    @Test
    void isSettledOnce() {
        fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                .when(new ConfirmOrder(ID))
                .expectNoEvents();
        fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                .when(new RejectOrder(ID, DECLINED))
                .expectNoEvents();
        fixture.given(ORDER.placed(), new OrderRejected(ID, DECLINED))
                .when(new ConfirmOrder(ID))
                .expectNoEvents();
        fixture.given(ORDER.placed(), new OrderRejected(ID, DECLINED))
                .when(new RejectOrder(ID, DECLINED))
                .expectNoEvents();
    }

    @Test
    void recordsAnExpiredStepOnce() {
        ExpireOrderStep expire = new ExpireOrderStep(ID, OrderStep.RESERVATION, 1);
        OrderStepExpired expired = new OrderStepExpired(ID, OrderStep.RESERVATION, 1);
        fixture.given(ORDER.placed()).when(expire).expectEvents(expired);
        fixture.given(ORDER.placed(), expired).when(expire).expectNoEvents();
    }

    @Test
    void recordsEveryAttemptOfAStepThatIsRepeated() {
        fixture.given(ORDER.placed(), new OrderStepExpired(ID, OrderStep.COMPENSATION, 1))
                .when(new ExpireOrderStep(ID, OrderStep.COMPENSATION, 2))
                .expectEvents(new OrderStepExpired(ID, OrderStep.COMPENSATION, 2));
    }

    @Test
    void ignoresThatAStepExpiredAfterTheOrderWasSettled() {
        fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                .when(new ExpireOrderStep(ID, OrderStep.CAPTURE, 1))
                .expectNoEvents();
    }

    @Test
    void stillRecordsThatUndoingExpiredAfterTheOrderWasRejected() {
        fixture.given(ORDER.placed(), new OrderRejected(ID, DECLINED))
                .when(new ExpireOrderStep(ID, OrderStep.COMPENSATION, 1))
                .expectEvents(new OrderStepExpired(ID, OrderStep.COMPENSATION, 1));
    }

    private static void expectRefusal(ResultValidator<Order> result, Refusal.Code code) {
        result.expectNoEvents()
                .expectException(CommandRefusedException.class)
                .expectExceptionDetails(Matchers.<Object>predicate(details -> ((Refusal) details).code() == code));
    }
}
