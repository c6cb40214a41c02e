package io.orderworkflow.query;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.order.FindOrderFlow;
import io.orderworkflow.api.order.FindOrderFlow.Window;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderFlow;
import io.orderworkflow.api.order.OrderFlow.Durations;
import io.orderworkflow.api.order.OrderFlow.Outcome;
import io.orderworkflow.api.order.OrderFlow.Rate;
import io.orderworkflow.api.order.OrderFlow.Share;
import io.orderworkflow.api.order.OrderFlow.Stage;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.RejectionReason.Code;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentRequested;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

@QuerySideTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderFlowReaderIT {

    /** So long ago that no other test's orders were placed then. */
    private static final Instant FIRST = Instant.parse("2003-05-02T10:00:02Z");

    private static final Instant NOW = Instant.parse("2003-05-02T10:01:02.500Z");

    private final History history;
    private final QueryGateway queries;
    private final JdbcTemplate jdbc;
    private final PlatformTransactionManager transactions;
    private final OrderFlowReader reader;

    OrderFlowReaderIT(
            History history, QueryGateway queries, JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.history = history;
        this.queries = queries;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.reader = new OrderFlowReader(jdbc, transactions, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @BeforeAll
    void ordersFlow() {
        isConfirmed("confirmed", FIRST, 100);
        SampleOrder shipped = isConfirmed("shipped", FIRST.plusSeconds(1), 300);
        history.happensAt(NOW, new OrderShipped(shipped.orderId(), new Shipment("Post", "RR 1")));
        SampleOrder rejected = order("rejected");
        history.happensAt(FIRST.plusSeconds(59), rejected.placed());
        history.happensAt(
                FIRST.plusSeconds(60),
                new OrderRejected(rejected.orderId(), new RejectionReason(Code.OUT_OF_STOCK, "too few", List.of())));
        SampleOrder cancelled = order("cancelled");
        history.happensAt(FIRST.plusSeconds(59), cancelled.placed());
        history.happensAt(NOW, new OrderCancelled(cancelled.orderId(), "changed my mind"));
        history.happensAt(NOW.minusMillis(100), order("open").placed());
    }

    private static SampleOrder order(String key) {
        return anOrder().withKey("flow-" + key).of("SKU-1", 1);
    }

    /** Takes that many milliseconds for each of the four steps. */
    private SampleOrder isConfirmed(String key, Instant at, long step) {
        SampleOrder order = order(key);
        OrderId orderId = order.orderId();
        PaymentId paymentId = PaymentId.forOrder(orderId);
        history.happensAt(at, order.placed());
        history.happensAt(
                at.plusMillis(step), new PaymentRequested(paymentId, orderId, order.total(), "card", "tok_ok"));
        history.happensAt(at.plusMillis(2 * step), new PaymentAuthorized(paymentId, orderId, "reference", List.of()));
        history.happensAt(at.plusMillis(3 * step), new PaymentCaptured(paymentId, orderId, order.total(), List.of()));
        history.happensAt(at.plusMillis(4 * step), new OrderConfirmed(orderId));
        return order;
    }

    @ParameterizedTest
    @CsvSource({
        "FIVE_MINUTES, 61, 2003-05-02T09:56:00Z, 2, 48",
        "ONE_HOUR, 61, 2003-05-02T09:01:00Z, 2, 59",
        "ONE_DAY, 25, 2003-05-01T10:00:00Z, 5, 24",
        "SEVEN_DAYS, 57, 2003-04-25T09:00:00Z, 5, 56"
    })
    void tellsHowManyWerePlacedInEachSlice(Window window, int slices, Instant from, long orders, int slice) {
        OrderFlow flow = flow(window);

        assertThat(flow.orders()).isEqualTo(5);
        assertThat(flow.from()).isEqualTo(from);
        assertThat(flow.to()).isEqualTo(NOW);
        assertThat(flow.rates()).hasSize(slices);
        Rate rate = flow.rates().get(slice);
        assertThat(rate.orders()).isEqualTo(orders);
        assertThat(rate.from())
                .isEqualTo(from.plus(window.slice().multipliedBy(slice)))
                .isBeforeOrEqualTo(NOW);
        assertThat(flow.rates().stream().mapToLong(Rate::orders).sum()).isEqualTo(5);
    }

    @Test
    void tellsTheRateOfTheLastSliceFromTheTimeThatHasPassed() {
        List<Rate> slices = flow(Window.FIVE_MINUTES).rates();

        assertThat(slices.get(48).perSecond()).isEqualTo(2 / 5.0);
        assertThat(slices.get(60).orders()).isEqualTo(3);
        assertThat(slices.get(60).perSecond()).isEqualTo(3 / 2.5);
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatBecameOfThem(Window window) {
        assertThat(flow(window).outcomes())
                .containsExactly(
                        new Share(Outcome.OPEN, null, 1, 0.2),
                        new Share(Outcome.CONFIRMED, null, 2, 0.4),
                        new Share(Outcome.REJECTED, Code.OUT_OF_STOCK, 1, 0.2),
                        new Share(Outcome.CANCELLED, null, 1, 0.2));
    }

    @ParameterizedTest
    @EnumSource
    void tellsHowLongEachStageTook(Window window) {
        assertThat(flow(window).durations())
                .containsExactly(
                        new Durations(Stage.SETTLE, 3, 1_000L, 1_200L, 1_200L),
                        new Durations(Stage.RESERVE, 2, 100L, 300L, 300L),
                        new Durations(Stage.AUTHORIZE, 2, 100L, 300L, 300L),
                        new Durations(Stage.CAPTURE, 2, 100L, 300L, 300L),
                        new Durations(Stage.CONFIRM, 2, 100L, 300L, 300L));
    }

    @Test
    void tellsOfNothingWhereNothingWasPlaced() {
        OrderFlow flow = new OrderFlowReader(
                        jdbc, transactions, Clock.fixed(Instant.parse("2002-01-01T00:00:00Z"), ZoneOffset.UTC))
                .handle(new FindOrderFlow(Window.ONE_HOUR));

        assertThat(flow.orders()).isZero();
        assertThat(flow.outcomes()).isEmpty();
        assertThat(flow.durations()).allSatisfy(stage -> assertThat(stage.p99()).isNull());
        assertThat(flow.rates())
                .hasSize(61)
                .allSatisfy(rate -> assertThat(rate.perSecond()).isZero());
    }

    @Test
    void isAskedByAQuery() {
        assertThat(queries.query(new FindOrderFlow(Window.FIVE_MINUTES), OrderFlow.class)
                        .join()
                        .window())
                .isEqualTo(Window.FIVE_MINUTES);
    }

    private OrderFlow flow(Window window) {
        return reader.handle(new FindOrderFlow(window));
    }
}
