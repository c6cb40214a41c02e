package io.orderworkflow.saga;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.zaxxer.hikari.HikariDataSource;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.order.FindWorkflowSteps;
import io.orderworkflow.api.order.FindWorkflows;
import io.orderworkflow.api.order.OrderNudged;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowSteps;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.MigratedDatabase;
import io.orderworkflow.platform.batch.Batch;
import io.orderworkflow.platform.batch.Savepoints;
import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.messaging.Correlation;
import io.orderworkflow.platform.messaging.MessageSerializer;
import io.orderworkflow.platform.saga.BatchSagaRepository;
import io.orderworkflow.platform.saga.SagaRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What is recorded of sagas, and what can be asked about them, in a real database. */
@Timeout(60)
class StepRecordIT {

    private static final Instant NOW = Instant.parse("2026-11-21T14:03:00Z");
    private static final OrderSagaSettings SETTINGS = SagaFixture.settings(0);
    private static final SampleOrder ORDER = anOrder().of("SKU-1", 2).of("SKU-2", 1);
    private static final OrderId ID = ORDER.orderId();
    private static final Sku SKU_1 = new Sku("SKU-1");
    private static final Sku SKU_2 = new Sku("SKU-2");
    private static final RefundId REFUND_ID = RefundId.forIdempotencyKey(ID, "r1");

    private static HikariDataSource dataSource;

    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final RecordedSchedule schedule = new RecordedSchedule();
    private String refusedSku = "";

    @BeforeAll
    static void createDatabase() {
        dataSource = MigratedDatabase.create();
    }

    @AfterAll
    static void closeDatabase() {
        dataSource.close();
    }

    @BeforeEach
    void clear() {
        jdbc().execute("truncate saga_entry, saga_step, parked_step cascade");
        for (String command : List.of(
                "inventory.ReserveStock",
                "inventory.ReleaseStock",
                "inventory.RestockReturned",
                "payment.AuthorizePayment",
                "payment.RefundPayment",
                "order.RejectOrder")) {
            bus.subscribe("io.orderworkflow.api." + command, message -> {
                if (message.getPayload() instanceof ReserveStock reserve
                        && reserve.sku().value().equals(refusedSku)) {
                    throw new CommandRefusedException(Refusal.Code.UNKNOWN, "there is no stock of " + refusedSku);
                }
                return GenericCommandResultMessage.asCommandResultMessage(null);
            });
        }
    }

    @Test
    void recordsWhatWasDoneOnEveryEvent() {
        handle(OrderProcessingSaga.class, ORDER.placed(), reserved(SKU_1), reserved(SKU_2));

        List<WorkflowSteps.Step> steps = steps();

        assertThat(steps)
                .extracting(WorkflowSteps.Step::event)
                .containsExactly("OrderPlaced", "StockReserved", "StockReserved");
        WorkflowSteps.Step last = steps.get(2);
        assertThat(last.step()).isEqualTo("AUTHORIZATION");
        assertThat(last.changes())
                .contains(
                        entry("step", List.of("RESERVATION", "AUTHORIZATION")),
                        entry("stockAwaited", List.of(List.of("SKU-2"), List.of())),
                        entry("paymentAwaited", List.of(false, true)))
                .doesNotContainKeys("orderId", "total");
        assertThat(last.commands()).singleElement().satisfies(command -> {
            assertThat(command.command()).isEqualTo("AuthorizePayment");
            assertThat(command.to()).isEqualTo(PaymentId.forOrder(ID).toString());
            assertThat(command.ended()).isEqualTo("answered");
            assertThat(command.commandId()).isNotEmpty();
        });
        assertThat(last.deadline()).isEqualTo(NOW.plus(2, MINUTES));
        assertThat(last.correlationId()).isEqualTo("request-1");
        assertThat(last.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(last.eventId()).isNotEmpty();
        assertThat(last.failure()).isNull();
        assertThat(last.text())
                .isEqualTo("asked for the payment to be authorised;"
                        + " waits for the payment's authorisation until 14:05:00");
    }

    @Test
    void recordsTheEndOfTheWay() {
        handle(OrderProcessingSaga.class, ORDER.placed(), reserved(SKU_1), reserved(SKU_2), declined());
        handle(
                OrderProcessingSaga.class,
                new OrderRejected(ID, new RejectionReason(RejectionReason.Code.PAYMENT_DECLINED, "", List.of())),
                new StockReleased(SKU_1, ID, 1, 0),
                new StockReleased(SKU_2, ID, 1, 0));

        WorkflowSteps.Step last = steps().get(6);

        assertThat(last.deadlineCancelled()).isTrue();
        assertThat(last.text()).isEqualTo("nothing more to wait for");
        assertThat(steps().get(3).text())
                .startsWith("asked for SKU-1, SKU-2 to be given back; rejected the order; waits for");
        assertThat(open(false)).isEmpty();
    }

    @Test
    void recordsAlsoWhatWasDoneInVain() {
        refusedSku = "SKU-2";

        handleApart(ORDER.placed());

        assertThat(steps()).singleElement().satisfies(step -> {
            assertThat(step.failure()).isNotNull();
            assertThat(step.changes()).isEmpty();
            assertThat(step.commands())
                    .extracting(WorkflowSteps.Command::ended)
                    .containsExactly("answered", "refused, UNKNOWN: there is no stock of SKU-2");
        });
        assertThat(open(false)).isEmpty();
    }

    @Test
    void recordsNothingOfABatchThatIsRolledBack() {
        refusedSku = "SKU-2";

        ResultMessage<?> result = run(OrderProcessingSaga.class, false, ORDER.placed());

        assertThat(result.isExceptional()).isTrue();
        assertThat(steps()).isEmpty();
    }

    @Test
    void canBeTurnedOff() {
        handleUnrecorded(ORDER.placed());

        assertThat(steps()).isEmpty();
        assertThat(open(false)).hasSize(1);
    }

    @Test
    void keepsStepsSmall() {
        handle(OrderProcessingSaga.class, ORDER.placed(), reserved(SKU_1), reserved(SKU_2));

        assertThat(jdbc().queryForList("select pg_column_size(saga_step.*) from saga_step", Integer.class))
                .allSatisfy(size -> assertThat(size).isLessThan(1000));
    }

    @Test
    void listsWhatAnOrderWaitsFor() {
        handle(OrderProcessingSaga.class, ORDER.placed(), reserved(SKU_1));

        assertThat(open(false))
                .containsExactly(new Workflow(
                        ID,
                        null,
                        "RESERVATION",
                        "the stock's answer for SKU-2",
                        NOW,
                        NOW.plusSeconds(30),
                        1,
                        false,
                        false,
                        false,
                        null));
        assertThat(open(true)).isEmpty();
    }

    @Test
    void countsAsStuckWhatIsPastItsDeadline() {
        handle(OrderProcessingSaga.class, ORDER.placed());

        assertThat(open(true, NOW.plusSeconds(90))).isEmpty();
        assertThat(open(true, NOW.plusSeconds(91))).hasSize(1);
    }

    @Test
    void countsAsStuckWhatWasAskedTooOften() {
        handle(OrderProcessingSaga.class, ORDER.placed(), new OrderNudged(ID), new OrderNudged(ID));
        assertThat(open(true)).isEmpty();

        handle(OrderProcessingSaga.class, new OrderNudged(ID));

        assertThat(open(true))
                .singleElement()
                .satisfies(workflow -> assertThat(workflow.attempts()).isEqualTo(4));
        assertThat(steps().get(3).text()).contains("asked again (fourth time)");
    }

    @Test
    void countsAsStuckWhatWaitsForAPerson() {
        handle(OrderRefundSaga.class, refundRequested());
        assertThat(open(true)).isEmpty();

        handle(OrderRefundSaga.class, refundFailed());

        assertThat(open(true))
                .containsExactly(new Workflow(
                        ID,
                        REFUND_ID,
                        "REFUND",
                        "a person to settle with the provider that the money is given back",
                        NOW,
                        null,
                        1,
                        true,
                        false,
                        true,
                        "account closed"));
        assertThat(steps()).extracting(WorkflowSteps.Step::refundId).containsOnly(REFUND_ID);
    }

    @Test
    void countsAsStuckWhatIsParked() {
        handle(OrderProcessingSaga.class, ORDER.placed());
        park(ID);
        park(anOrder().withKey("never-begun").orderId());
        park("stock:of-an-event-that-cannot-be-read");

        assertThat(open(true)).hasSize(2).allSatisfy(workflow -> {
            assertThat(workflow.parked()).isTrue();
            assertThat(workflow.waitsForPerson()).isTrue();
            assertThat(workflow.reason()).isEqualTo("poisoned");
        });
        assertThat(reader(NOW).handle(new FindWorkflows(ID, true, 0, 20)).items())
                .singleElement()
                .satisfies(workflow -> assertThat(workflow.step()).isEqualTo("RESERVATION"));
    }

    @Test
    void answersInPages() {
        for (int i = 0; i < 5; i++) {
            handle(
                    OrderProcessingSaga.class,
                    anOrder().withKey("order-" + i).of("SKU-1", 1).placed());
        }

        var page = reader(NOW).handle(new FindWorkflows(null, false, 2, 2));

        assertThat(page.items()).hasSize(1);
        assertThat(page.page().totalItems()).isEqualTo(5);
        assertThat(page.page().totalPages()).isEqualTo(3);
    }

    private static void park(Object sequence) {
        jdbc().update(
                        "insert into parked_step (saga, sequence, state, since, attempts, failures, failed_at, cause,"
                                + " message) values ('OrderProcessingSaga', ?, 'PARKED', now(), 5, 5, now(), 'C', 'poisoned')",
                        sequence.toString());
    }

    private void handle(Class<?> saga, Object... events) {
        assertThat(run(saga, false, events).isExceptional()).isFalse();
    }

    private void handleApart(Object... events) {
        assertThat(run(OrderProcessingSaga.class, true, events).isExceptional()).isFalse();
    }

    private void handleUnrecorded(Object event) {
        assertThat(run(manager(OrderProcessingSaga.class, null), false, event).isExceptional())
                .isFalse();
    }

    private ResultMessage<?> run(Class<?> saga, boolean apart, Object... events) {
        return run(manager(saga, new StepRecord(jdbc(), clock(NOW))), apart, events);
    }

    /** As the processors do; apart: as sagas that can fail each by itself. */
    private ResultMessage<?> run(AnnotatedSagaManager<?> manager, boolean apart, Object... events) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        BatchingUnitOfWork<EventMessage<?>> batch = new BatchingUnitOfWork<>(
                Stream.of(events).<EventMessage<?>>map(StepRecordIT::message).toList());
        batch.attachTransaction(new SpringTransactionManager(transactions));
        batch.start();
        return batch.executeWithResult(() -> {
            EventMessage<?> event = batch.getMessage();
            if (apart) {
                Batch.current().addPart(new Savepoints(transactions)).handle(() -> {
                    manager.handle(event, Segment.ROOT_SEGMENT);
                    return null;
                });
            } else {
                manager.handle(event, Segment.ROOT_SEGMENT);
            }
            return null;
        });
    }

    private static EventMessage<?> message(Object event) {
        return new GenericEventMessage<>(
                event,
                Map.of(
                        Correlation.CORRELATION_ID,
                        "request-1",
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    private <T> AnnotatedSagaManager<T> manager(Class<T> saga, @Nullable StepRecord record) {
        OrderSteps steps = new OrderSteps(
                new CommandBatch(DefaultCommandGateway.builder().commandBus(bus).build(), SETTINGS.commandTimeout()),
                schedule,
                SETTINGS,
                clock(NOW),
                record);
        ParameterResolverFactory parameters = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(saga),
                new SimpleResourceParameterResolverFactory(List.of(steps)));
        HandlerDefinition handlers = ClasspathHandlerDefinition.forClass(saga);
        String association = saga == OrderRefundSaga.class ? OrderRefundSaga.REFUND_ID : OrderProcessingSaga.ORDER_ID;
        return AnnotatedSagaManager.<T>builder()
                .sagaType(saga)
                .sagaRepository(new BatchSagaRepository<>(
                        saga,
                        new SagaRows<>(saga, association, jdbc(), new MessageSerializer()),
                        parameters,
                        record == null ? handlers : new RecordedHandlers(handlers, record)))
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .build();
    }

    private static List<WorkflowSteps.Step> steps() {
        return reader(NOW).handle(new FindWorkflowSteps(ID)).steps();
    }

    private static List<Workflow> open(boolean stuck) {
        return open(stuck, NOW);
    }

    private static List<Workflow> open(boolean stuck, Instant now) {
        return reader(now).handle(new FindWorkflows(null, stuck, 0, 20)).items();
    }

    private static WorkflowReader reader(Instant now) {
        return new WorkflowReader(
                new NamedParameterJdbcTemplate(dataSource), new StuckSettings(Duration.ofMinutes(1), 3), clock(now));
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource);
    }

    private static StockReserved reserved(Sku sku) {
        return new StockReserved(sku, ID, 1, 1);
    }

    private static PaymentDeclined declined() {
        return new PaymentDeclined(
                PaymentId.forOrder(ID), ID, new ProviderRefusal("insufficient_funds", "no money"), List.of());
    }

    private static OrderRefundRequested refundRequested() {
        return new OrderRefundRequested(
                ID,
                REFUND_ID,
                List.of(new Pieces(SKU_1, 1)),
                ORDER.lines().get(0).unitPrice(),
                "broken",
                false);
    }

    private static PaymentRefundFailed refundFailed() {
        return new PaymentRefundFailed(
                PaymentId.forOrder(ID),
                ID,
                REFUND_ID,
                new ProviderRefusal("account_closed", "account closed"),
                List.of());
    }
}
