package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.audit.AuditReport;
import io.orderworkflow.api.audit.AuditReport.Breach;
import io.orderworkflow.api.audit.AuditRule;
import io.orderworkflow.api.audit.FindAuditReport;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.Lifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

@AuditedTest
class AuditorIT {

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final History history;
    private final QueryGateway queries;
    private final JdbcClient jdbc;
    private final AuditedTest.Time time;
    private final Serializer serializer;
    private final HealthIndicator health;

    private final String name = "audit-" + TESTS.incrementAndGet();
    private final Sku sku = new Sku(name);
    private final SampleOrder order = anOrder().withKey(name).of(name, 2).at(eur("9.90"));
    private final OrderId orderId = order.orderId();
    private final PaymentId paymentId = PaymentId.forOrder(orderId);
    private final Money total = order.total();

    AuditorIT(
            History history,
            QueryGateway queries,
            JdbcClient jdbc,
            AuditedTest.Time time,
            Serializer serializer,
            HealthIndicator auditHealthIndicator,
            Map<String, Lifecycle> lifecycles) {
        // It would send the deadlines of these tests.
        Objects.requireNonNull(lifecycles.get("scheduledCommandSender")).stop();
        this.history = history;
        this.queries = queries;
        this.jdbc = jdbc;
        this.time = time;
        this.serializer = serializer;
        this.health = auditHealthIndicator;
    }

    @AfterEach
    void leaveNothingWrong() {
        jdbc.sql("delete from saga_entry").update();
        jdbc.sql("delete from scheduled_command").update();
        jdbc.sql("delete from token_entry where processor_name = 'order-processing'")
                .update();
    }

    @Test
    void findsNothingWrongWithOrdersAtRest() {
        orderIsSold();
        SampleOrder other = order.withKey(name + "-rejected");
        history.happens(
                other.placed(),
                new StockReserved(sku, other.orderId(), 2, 2),
                rejected(other.orderId()),
                new StockReleased(sku, other.orderId(), 2, 0));

        expectNothing();
    }

    @Test
    void findsNothingWrongWithAnOrderOnItsWay() {
        history.happens(stocked());
        orderBegins();
        expectNothing();
        history.happens(reserved(2), requested(), authorized());
        led("CAPTURE");
        expectNothing();
        history.happens(captured(), debited());
        led("CONFIRMATION");
        expectNothing();
        history.happens(confirmed());
        ended();
        expectNothing();
    }

    @Test
    void findsStockThatCameFromNowhere() {
        orderIsSold();
        jdbc.sql("update inventory.stock_view set on_hand = on_hand + 1 where sku = ?")
                .param(name)
                .update();

        Breach breach = awaitBreach(AuditRule.STOCK_CONSERVED, "stock:" + name);

        assertThat(breach.orders()).containsExactly(orderId);
        assertThat(breach.details()).contains("9 pieces", "make 8");
        jdbc.sql("update inventory.stock_view set on_hand = on_hand - 1 where sku = ?")
                .param(name)
                .update();
        expectResolved(AuditRule.STOCK_CONSERVED);
    }

    @Test
    void findsMoreReservedThanThereIs() {
        SampleOrder large = anOrder().withKey(name).of(name, 11);
        history.happens(stocked());
        history.happens(large.placed(), new StockReserved(sku, orderId, 11, 11));
        led("RESERVATION");

        expectBreach(AuditRule.NEVER_OVERSOLD, "stock:" + name);

        history.happens(released(11), rejected(orderId));
        ended();
        expectResolved(AuditRule.NEVER_OVERSOLD);
    }

    @Test
    void findsReservationsThatDoNotAddUp() {
        history.happens(stocked());
        history.happens(order.placed(), new StockReserved(sku, orderId, 2, 3));
        led("RESERVATION");

        expectBreach(AuditRule.RESERVATIONS_ADD_UP, "stock:" + name);

        history.happens(released(2), rejected(orderId));
        ended();
        expectResolved(AuditRule.RESERVATIONS_ADD_UP);
    }

    @Test
    void findsStockThatIsStillSetAsideForAnOrderThatIsOver() {
        history.happens(stocked());
        history.happens(order.placed(), reserved(2), rejected(orderId));

        assertThat(own(audit())).isEmpty();
        assertThat(suspicions()).isPositive();
        expectBreach(AuditRule.RESERVATIONS_MATCH_ORDERS, "order:" + orderId);

        history.happens(released(2));
        expectResolved(AuditRule.RESERVATIONS_MATCH_ORDERS);
    }

    @Test
    void findsAnOrderThatIsPaidForWithoutItsStock() {
        history.happens(stocked());
        history.happens(order.placed(), requested(), authorized());
        led("CAPTURE");

        assertThat(awaitBreach(AuditRule.RESERVATIONS_MATCH_ORDERS, "order:" + orderId)
                        .details())
                .contains("no pieces", "2 × " + name);

        history.happens(reserved(2));
        expectResolved(AuditRule.RESERVATIONS_MATCH_ORDERS);
        history.happens(captured(), debited(), confirmed());
        ended();
        expectNothing();
    }

    @Test
    void findsAConfirmedOrderWhoseMoneyWasNotTaken() {
        history.happens(order.placed(), requested(), authorized(), confirmed());

        expectBreach(AuditRule.CONFIRMED_IS_CAPTURED, "order:" + orderId);

        history.happens(captured());
        expectResolved(AuditRule.CONFIRMED_IS_CAPTURED);
    }

    @Test
    void findsAConfirmedOrderOfWhichOnlyAPartWasTaken() {
        history.happens(
                order.placed(),
                new PaymentRequested(paymentId, orderId, eur("1"), "card", "tok_ok"),
                authorized(),
                captured(),
                confirmed());

        assertThat(awaitBreach(AuditRule.CONFIRMED_IS_CAPTURED, "order:" + orderId)
                        .details())
                .contains("1.0000 EUR were taken of 19.8000 EUR");

        changes("update orders.payment_view set amount = 19.8 where order_id = ?");
        expectResolved(AuditRule.CONFIRMED_IS_CAPTURED);
        changes("update orders.payment_view set amount = 1 where order_id = ?");
        awaitBreach(AuditRule.CONFIRMED_IS_CAPTURED, "order:" + orderId);
        changes("delete from orders.payment_view where order_id = ?");
        changes("update orders.order_progress set status = 'REJECTED' where order_id = ?");
        expectResolved(AuditRule.CONFIRMED_IS_CAPTURED);
    }

    @Test
    void findsMoneyOfAnOrderThatIsOver() {
        orderIsRejectedThoughPaidFor();

        expectBreach(AuditRule.MONEY_HAS_AN_ORDER, "order:" + orderId);

        moneyIsGivenBack();
        expectResolved(AuditRule.MONEY_HAS_AN_ORDER);
    }

    @Test
    void suspectsNoMoneyThatIsBeingGivenBack() {
        orderIsRejectedThoughPaidFor();
        led("COMPENSATION");
        expectNothing();

        ended();
        awaitBreach(AuditRule.MONEY_HAS_AN_ORDER, "order:" + orderId);

        moneyIsGivenBack();
        expectResolved(AuditRule.MONEY_HAS_AN_ORDER);
    }

    @Test
    void findsAnOrderThatWasChargedTwice() {
        ProviderAttempt capture = new ProviderAttempt(Action.CAPTURE, Instant.EPOCH, Outcome.SUCCEEDED, "captured");
        history.happens(
                order.placed(),
                requested(),
                authorized(),
                new PaymentCaptured(paymentId, orderId, total, List.of(capture, capture)),
                confirmed());

        expectBreach(AuditRule.CHARGED_ONCE, "payment:" + paymentId);

        changes("update orders.payment_view set attempts = null where order_id = ?");
        expectResolved(AuditRule.CHARGED_ONCE);
    }

    @Test
    void findsASecondPaymentOfAnOrder() {
        PaymentId second = PaymentId.forOrder(OrderId.forIdempotencyKey(name + "-second"));
        orderIsConfirmed();
        history.happens(
                new PaymentRequested(second, orderId, total, "card", "tok_ok"),
                new PaymentCaptured(second, orderId, total, List.of()));

        expectBreach(AuditRule.CHARGED_ONCE, "payment:" + second);

        history.happens(new PaymentVoided(second, orderId, total, List.of()));
        expectResolved(AuditRule.CHARGED_ONCE);
    }

    @Test
    void findsADeadlineThatNobodySends() {
        orderBegins();
        scheduled(time.instant().minusSeconds(61), 0);

        assertThat(own(audit())).isEmpty();
        time.passes(Duration.ofSeconds(59));
        assertThat(own(audit())).isEmpty();
        time.passes(Duration.ofSeconds(2));
        expectBreach(AuditRule.DEADLINES_KEPT, "deadline:order/" + orderId);

        orderIsRejected();
        expectResolved(AuditRule.DEADLINES_KEPT);
    }

    @Test
    void findsADeadlineThatFailsAgainAndAgain() {
        orderBegins();
        scheduled(time.instant().plusSeconds(30), 4);

        audit();
        time.passes(Duration.ofSeconds(61));
        scheduled(time.instant().plusSeconds(30), 5);
        awaitBreach(AuditRule.DEADLINES_KEPT, "deadline:order/" + orderId);

        orderIsRejected();
        expectResolved(AuditRule.DEADLINES_KEPT);
    }

    @Test
    void findsASagaWhoseDeadlineIsLost() {
        orderBegins();
        jdbc.sql("update saga_entry set until = ? where association = ?")
                .params(Timestamp.from(time.instant().minusSeconds(61)), orderId.toString())
                .update();
        jdbc.sql("delete from scheduled_command").update();

        audit();
        time.passes(Duration.ofSeconds(61));
        expectBreach(AuditRule.DEADLINES_KEPT, "deadline:order/" + orderId);

        orderIsRejected();
        expectResolved(AuditRule.DEADLINES_KEPT);
    }

    @Test
    void countsNoTimeInWhichNobodyLooked() {
        orderBegins();
        scheduled(time.instant().minusSeconds(61), 0);
        audit();

        time.passes(Duration.ofHours(24));
        scheduled(time.instant().minusSeconds(61), 0);

        assertThat(own(audit())).isEmpty();
        orderIsRejected();
        expectNothing();
    }

    @Test
    void findsAnOrderThatNobodyLeads() {
        history.happens(order.placed());

        assertThat(own(audit())).isEmpty();
        expectBreach(AuditRule.OPEN_ORDERS_LED, "order:" + orderId);

        history.happens(rejected(orderId));
        expectResolved(AuditRule.OPEN_ORDERS_LED);
    }

    @Test
    void findsACancellationThatNobodyLeads() {
        orderIsConfirmed();
        history.happens(new OrderCancellationRequested(orderId, "changed my mind", order.lines(), total));
        led("COMPENSATION");
        expectNothing();

        ended();
        awaitBreach(AuditRule.OPEN_ORDERS_LED, "order:" + orderId);

        led("COMPENSATION");
        expectResolved(AuditRule.OPEN_ORDERS_LED);
        changes("update orders.order_progress set cancellation = null where order_id = ?");
        ended();
    }

    @Test
    void waitsForAProcessorThatIsBehind() {
        history.happens(order.placed());
        sagasHaveReached(0);

        audit();
        audit();
        assertThat(own(audit())).isEmpty();
        assertThat(suspicions()).isPositive();

        sagasHaveReached(Integer.MAX_VALUE);
        awaitBreach(AuditRule.OPEN_ORDERS_LED, "order:" + orderId);
        history.happens(rejected(orderId));
        expectResolved(AuditRule.OPEN_ORDERS_LED);
    }

    @Test
    void takesNoSagaThatHasEndedForOneThatNeverWas() {
        history.happens(order.placed());
        sagasHaveReached(0);
        audit();

        // The saga has come and gone, and the rejection is not in the read model yet.
        sagasHaveReached(Integer.MAX_VALUE);
        assertThat(own(audit())).isEmpty();

        history.happens(rejected(orderId));
        expectNothing();
    }

    @Test
    void waitsNotForEverForAProcessorThatIsBehind() {
        history.happens(order.placed());
        sagasHaveReached(0);
        audit();

        for (int minute = 0; minute < 11; minute++) {
            time.passes(Duration.ofMinutes(1));
            audit();
        }

        awaitBreach(AuditRule.OPEN_ORDERS_LED, "order:" + orderId);
        history.happens(rejected(orderId));
        expectResolved(AuditRule.OPEN_ORDERS_LED);
    }

    @Test
    void findsAnOrderThatReadsOtherwiseThanItsEvents() {
        orderIsConfirmed();
        changes("update orders.order_progress set status = 'DELIVERED' where order_id = ?");

        Breach breach = awaitBreach(AuditRule.READ_MODEL_EQUALS_EVENTS, "order:" + orderId);

        assertThat(breach.orders()).containsExactly(orderId);
        assertThat(breach.details()).contains("status is CONFIRMED by its events, and DELIVERED in the read model");
        changes("update orders.order_progress set status = 'CONFIRMED' where order_id = ?");
        expectResolved(AuditRule.READ_MODEL_EQUALS_EVENTS);
    }

    @Test
    void findsStockThatReadsOtherwiseThanItsEvents() {
        history.happens(stocked());
        jdbc.sql("update inventory.stock_movement set delta = 9 where sku = ? and delta = 10")
                .param(name)
                .update();

        assertThat(awaitBreach(AuditRule.READ_MODEL_EQUALS_EVENTS, "stock:" + name)
                        .details())
                .contains("10 to 10", "9 to 10");

        jdbc.sql("update inventory.stock_movement set delta = 10 where sku = ? and delta = 9")
                .param(name)
                .update();
        jdbc.sql("delete from audit_stock where sku = ?").param(name).update();
        expectResolved(AuditRule.READ_MODEL_EQUALS_EVENTS);
        expectNothing();
    }

    @Test
    void tellsOfABreachInTheHealthThatStaysUp() {
        history.happens(order.placed(), confirmed());
        awaitBreach(AuditRule.CONFIRMED_IS_CAPTURED, "order:" + orderId);

        var told = Objects.requireNonNull(health.health());

        assertThat(told.getStatus()).isEqualTo(Status.UP);
        assertThat(told.getDetails().toString()).contains(orderId.toString());
        history.happens(requested(), authorized(), captured());
        expectResolved(AuditRule.CONFIRMED_IS_CAPTURED);
    }

    @Test
    void beginsAnewWithReadModelsThatDo() {
        history.happens(stocked());
        history.happens(order.placed(), reserved(2));
        led("RESERVATION");
        expectNothing();

        history.isReplayed();

        expectNothing();
        history.happens(released(2), rejected(orderId));
        ended();
        expectNothing();
    }

    @Test
    void countsStockAnewWhoseLastEventsWereLost() {
        history.happens(stocked());
        history.happens(order.placed(), reserved(2));
        led("RESERVATION");
        expectNothing();
        // As it is once read models were rebuilt from events of an older backup.
        jdbc.sql("update audit_stock set sequence = sequence + 3, on_hand = on_hand - 2 where sku = ?")
                .param(sku.value())
                .update();
        jdbc.sql("insert into audit_reservation (order_id, sku, quantity) values (gen_random_uuid(), ?, 1)")
                .param(sku.value())
                .update();

        history.happens(released(2), rejected(orderId));
        ended();

        expectNothing();
        assertThat(jdbc.sql("select count(*) from audit_reservation where sku = ?")
                        .param(sku.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private Object[] stocked() {
        return new Object[] {new StockItemOpened(sku), new StockReceived(sku, 10, 10, null)};
    }

    private StockReserved reserved(long pieces) {
        return new StockReserved(sku, orderId, pieces, pieces);
    }

    private StockDebited debited() {
        return new StockDebited(sku, orderId, 10, 2, 8, 0);
    }

    private PaymentRequested requested() {
        return new PaymentRequested(paymentId, orderId, total, "card", "tok_ok");
    }

    private PaymentAuthorized authorized() {
        return new PaymentAuthorized(paymentId, orderId, "reference", List.of());
    }

    private PaymentCaptured captured() {
        return new PaymentCaptured(paymentId, orderId, total, List.of());
    }

    private OrderConfirmed confirmed() {
        return new OrderConfirmed(orderId);
    }

    private static OrderRejected rejected(OrderId orderId) {
        return new OrderRejected(
                orderId, new RejectionReason(RejectionReason.Code.STOCK_TIMEOUT, "took too long", List.of()));
    }

    private StockReleased released(long pieces) {
        return new StockReleased(sku, orderId, pieces, 0);
    }

    private void orderBegins() {
        history.happens(order.placed());
        led("RESERVATION");
    }

    private void orderIsSold() {
        history.happens(stocked());
        history.happens(order.placed(), reserved(2), requested(), authorized(), captured(), debited(), confirmed());
    }

    private void orderIsConfirmed() {
        history.happens(order.placed(), requested(), authorized(), captured(), confirmed());
    }

    private void orderIsRejected() {
        history.happens(rejected(orderId));
        ended();
    }

    private void orderIsRejectedThoughPaidFor() {
        history.happens(order.placed(), requested(), authorized(), captured(), rejected(orderId));
    }

    private void moneyIsGivenBack() {
        history.happens(new PaymentVoided(paymentId, orderId, total, List.of()));
    }

    /** The order's saga waits in that step, with a deadline. */
    private void led(String step) {
        Instant until = time.instant().plusSeconds(30);
        jdbc.sql("""
                        insert into saga_entry (saga_type, association, saga_id, state, subject, step, awaited, since,
                            until, attempts, for_person)
                        values ('OrderProcessingSaga', ?, ?, '', ?, ?, 'something', now(), ?, 1, false)
                        on conflict (saga_type, association) do update set step = excluded.step, until = excluded.until
                        """)
                .params(orderId.toString(), orderId.toString(), orderId.toString(), step, Timestamp.from(until))
                .update();
        scheduled(until, 0);
    }

    private void scheduled(Instant due, int attempts) {
        jdbc.sql("""
                        insert into scheduled_command (name, due_at, look_at, command_type, command, metadata, attempts)
                        values (:name, :due, :due, 'none', '', '', :attempts)
                        on conflict (name) do update set due_at = excluded.due_at, look_at = excluded.look_at,
                            attempts = excluded.attempts
                        """)
                .param("name", "order/" + orderId)
                .param("due", Timestamp.from(due))
                .param("attempts", attempts)
                .update();
    }

    private void ended() {
        jdbc.sql("delete from saga_entry").update();
        jdbc.sql("delete from scheduled_command").update();
    }

    private void sagasHaveReached(int position) {
        GapAwareTrackingToken token = GapAwareTrackingToken.newInstance(position, List.of());
        jdbc.sql("""
                        insert into token_entry (processor_name, segment, token, token_type, timestamp)
                        values ('order-processing', 0, ?, ?, '2026-11-21T12:00:00Z')
                        on conflict (processor_name, segment) do update set token = excluded.token
                        """)
                .params(
                        serializer.serialize(token, String.class).getData().getBytes(StandardCharsets.UTF_8),
                        serializer.typeForClass(GapAwareTrackingToken.class).getName())
                .update();
    }

    /** Changes a row of the order in some way, and lets the auditor know. */
    private void changes(String sql) {
        jdbc.sql(sql).param(orderId.value()).update();
        jdbc.sql("""
                        insert into order_change (change, orders, payments)
                        values (nextval('order_change_number'), array[?::uuid], array[?::uuid])
                        """).params(orderId.value(), paymentId.value()).update();
    }

    private AuditReport audit() {
        return queries.query(new FindAuditReport(true), ResponseTypes.instanceOf(AuditReport.class))
                .join();
    }

    /** Of this test's order and SKU: other tests leave orders behind. */
    private void expectNothing() {
        for (int run = 0; run < 3; run++) {
            assertThat(own(audit())).isEmpty();
        }
        assertThat(suspicions()).isZero();
    }

    private List<Breach> own(AuditReport report) {
        return report.breaches().stream()
                .filter(breach -> breach.orders().contains(orderId)
                        || breach.subject().equals("stock:" + name)
                        || breach.subject().contains(orderId.toString()))
                .toList();
    }

    private long suspicions() {
        return jdbc.sql("select count(*) from audit_suspicion where subject in (?, ?, ?)")
                .params("order:" + orderId, "stock:" + name, "deadline:order/" + orderId)
                .query(Long.class)
                .single();
    }

    /** A breach that concerns the order, and no other. */
    private void expectBreach(AuditRule rule, String subject) {
        assertThat(awaitBreach(rule, subject).orders()).containsExactly(orderId);
    }

    private Breach awaitBreach(AuditRule rule, String subject) {
        return await().atMost(Duration.ofSeconds(15))
                .until(() -> breachOf(rule, subject), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Breach> breachOf(AuditRule rule, String subject) {
        return audit().breaches().stream()
                .filter(breach -> breach.rule() == rule && breach.subject().equals(subject))
                .findFirst();
    }

    private void expectResolved(AuditRule rule) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(own(audit())).noneMatch(breach -> breach.rule() == rule));
        assertThat(jdbc.sql("""
                                select count(*) from audit_breach
                                where rule = ? and resolved_at is not null and (? = any (orders) or subject = ?)
                                """)
                        .params(rule.name(), orderId.value(), "stock:" + name)
                        .query(Long.class)
                        .single())
                .isPositive();
    }
}
