package io.orderworkflow.platform.messaging;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ChangeProductPrice;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.order.ConfirmOrder;
import io.orderworkflow.api.payment.CapturePayment;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.Unavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.DefaultCommandBusSpanFactory;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.monitoring.NoOpMessageMonitor;
import org.axonframework.tracing.NoOpSpanFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class GroupingCommandBusTest {

    private static final int WAITING = 1000;

    private final CountedTransactions transactions = new CountedTransactions();
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private final List<GroupingCommandBus> started = new ArrayList<>();

    @AfterEach
    void endLanes() {
        started.forEach(GroupingCommandBus::stop);
    }

    @Test
    void handlesWhatIsWaitingInOneTransaction() {
        GroupingCommandBus bus = bus(1, 100);
        List<CompletableFuture<Object>> answers = dispatch(bus, 10);

        start(bus);

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(5, SECONDS));
        assertThat(transactions.begun).hasValue(1);
        assertThat(transactions.committed).hasValue(1);
    }

    @Test
    void answersEachCommandWithItsOwnResult() {
        GroupingCommandBus bus = bus(1, 100);
        List<CompletableFuture<Object>> answers = dispatch(bus, 3);

        start(bus);

        assertThat(answers.get(0)).succeedsWithin(5, SECONDS).isEqualTo("done 0");
        assertThat(answers.get(1)).succeedsWithin(5, SECONDS).isEqualTo("done 1");
        assertThat(answers.get(2)).succeedsWithin(5, SECONDS).isEqualTo("done 2");
    }

    @Test
    void answersOnlyAfterTheCommit() {
        GroupingCommandBus bus = bus(1, 100);
        List<Integer> committedWhenAnswered = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> noted = dispatch(bus, 3).stream()
                .map(answer -> answer.thenRun(() -> committedWhenAnswered.add(transactions.committed.get())))
                .toList();

        start(bus);
        bus.stop();

        assertThat(noted).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(committedWhenAnswered).containsExactly(1, 1, 1);
    }

    @Test
    void takesNoMoreThanTheGroupSizeAtOnce() {
        GroupingCommandBus bus = bus(1, 4);
        dispatch(bus, 10);

        start(bus);
        bus.stop();

        assertThat(transactions.committed).hasValue(3);
        assertThat(handled).hasSize(10);
    }

    @Test
    void keepsTheOthersOfAGroupWhereOneIsRefused() {
        GroupingCommandBus bus = bus(1, 100, command -> {
            if (command.getPayload().number() == 3) {
                throw new CommandRefusedException(Refusal.Code.STOCK_RESERVED, "not that one");
            }
            return "done";
        });
        List<CompletableFuture<Object>> answers = dispatch(bus, 10);

        start(bus);
        bus.stop();

        assertThat(answers.get(3)).isCompletedExceptionally();
        assertThat(TransientFailures.refusal(failureOf(answers.get(3))))
                .map(Refusal::code)
                .contains(Refusal.Code.STOCK_RESERVED);
        assertThat(answers)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(1);
        // The group and the refused one.
        assertThat(transactions.rolledBack).hasValue(2);
        assertThat(transactions.committed).hasValue(9);
    }

    @Test
    void keepsNothingOfACommandThatFailsWithACheckedException() {
        GroupingCommandBus bus = bus(1, 100, command -> {
            throw new IOException("checked");
        });
        CompletableFuture<Object> answer = dispatch(bus, 1).get(0);

        start(bus);

        assertThat(answer).failsWithin(5, SECONDS);
        assertThat(transactions.committed).hasValue(0);
    }

    @Test
    void answersACommandThatFailsWithAnError() {
        GroupingCommandBus bus = bus(1, 100, command -> {
            throw new StackOverflowError("in the handler");
        });
        CompletableFuture<Object> answer = dispatch(bus, 1).get(0);

        start(bus);

        assertThat(answer).failsWithin(5, SECONDS);
        assertThat(failureOf(answer)).hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void rollsBackWhatFailsWithAnErrorWhileItCommits() {
        GroupingCommandBus bus = bus(1, 100, command -> {
            if (command.getPayload().number() == 1) {
                CurrentUnitOfWork.get().onPrepareCommit(unitOfWork -> {
                    throw new NoClassDefFoundError("only needed to commit");
                });
            }
            return "done";
        });
        List<CompletableFuture<Object>> answers = dispatch(bus, 3);

        start(bus);
        bus.stop();

        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(failureOf(answers.get(1))).hasRootCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(answers)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(1);
        assertThat(transactions.rolledBack.get() + transactions.committed.get()).isEqualTo(transactions.begun.get());
    }

    @Test
    void keepsTheOrderOfTheCommandsToOneAggregate() {
        GroupingCommandBus bus = bus(3, 7, command -> {
            if (command.getPayload().number() % 50 == 17) {
                throw new IllegalStateException("fails with its group");
            }
            return record(command);
        });

        start(bus);
        Map<String, List<String>> sent = new HashMap<>();
        List<CompletableFuture<Object>> answers = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            Work work = new Work("aggregate-" + i % 9, i);
            if (i % 50 != 17) {
                sent.computeIfAbsent(work.aggregate(), key -> new ArrayList<>()).add(work.toString());
            }
            answers.add(dispatch(bus, work));
        }
        bus.stop();

        assertThat(answers).allMatch(CompletableFuture::isDone);
        sent.forEach((aggregate, works) -> assertThat(handledOnceEach())
                .filteredOn(work -> work.contains(aggregate + ","))
                .containsExactlyElementsOf(works));
    }

    /** What is handled again alone was handled before in a group that was rolled back: the last time counts. */
    private List<String> handledOnceEach() {
        List<String> last = new ArrayList<>();
        handled.forEach(work -> {
            last.remove(work);
            last.add(work);
        });
        return last;
    }

    static List<RuntimeException> conflicts() {
        return List.of(
                new ConcurrencyException("version 3 is taken", new IllegalStateException("23505")),
                // What the event store makes of a conflict over the first event of an aggregate.
                new AggregateStreamCreationException("version 0 is taken", new IllegalStateException("23505")));
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void triesAgainAfterAConflict(RuntimeException conflict) {
        AtomicInteger attempts = new AtomicInteger();
        GroupingCommandBus bus = bus(1, 100, command -> {
            if (attempts.incrementAndGet() < 4) {
                throw conflict;
            }
            return "done";
        });
        CompletableFuture<Object> answer = dispatch(bus, 1).get(0);

        start(bus);

        assertThat(answer).succeedsWithin(5, SECONDS).isEqualTo("done");
        assertThat(attempts).hasValue(4);
        assertThat(transactions.committed).hasValue(1);
        assertThat(transactions.rolledBack).hasValue(3);
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void reportsAConflictThatDoesNotPass(RuntimeException conflict) {
        AtomicInteger attempts = new AtomicInteger();
        GroupingCommandBus bus = bus(1, 100, command -> {
            attempts.incrementAndGet();
            throw conflict;
        });
        CompletableFuture<Object> answer = dispatch(bus, 1).get(0);

        start(bus);

        assertThat(answer).failsWithin(5, SECONDS);
        assertThat(failureOf(answer)).cause().isSameAs(conflict);
        assertThat(Unavailable.toldBy(failureOf(answer))).contains(Unavailable.NOTHING_DONE);
        assertThat(attempts).hasValue(5);
    }

    @Test
    void handlesACommandThatFailedOnceMoreForItMayHaveFailedOnAStaleAggregate() {
        AtomicInteger attempts = new AtomicInteger();
        GroupingCommandBus bus = bus(1, 100, command -> {
            attempts.incrementAndGet();
            throw new CommandRefusedException(Refusal.Code.STOCK_RESERVED, "on fresh state too");
        });
        CompletableFuture<Object> answer = dispatch(bus, 1).get(0);

        start(bus);

        assertThat(answer).failsWithin(5, SECONDS);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void handlesACommandThatCameAfterAFailedOneOnceMoreToo() {
        AtomicInteger attempts = new AtomicInteger();
        GroupingCommandBus bus = bus(1, 100, command -> {
            if (command.getPayload().number() == 0 || attempts.incrementAndGet() == 1) {
                throw new CommandRefusedException(Refusal.Code.STOCK_RESERVED, "the aggregate may be stale");
            }
            return "done";
        });
        List<CompletableFuture<Object>> answers = dispatch(bus, 2);

        start(bus);
        bus.stop();

        assertThat(answers.get(0)).isCompletedExceptionally();
        assertThat(answers.get(1)).isCompletedWithValue("done");
    }

    @Test
    void refusesACommandToAnUnknownAggregate() {
        GroupingCommandBus bus = bus(1, 100, command -> {
            throw new AggregateNotFoundException("order-7", "the event stream is empty");
        });
        CompletableFuture<Object> answer = dispatch(bus, 1).get(0);

        start(bus);

        assertThat(answer).failsWithin(5, SECONDS);
        assertThat(TransientFailures.refusal(failureOf(answer)))
                .contains(new Refusal(Refusal.Code.UNKNOWN, "There is no order-7."));
    }

    static Stream<Arguments> commandsToUnknownAggregates() {
        Sku sku = new Sku("SKU-1");
        OrderId orderId = SampleOrder.orderId("nowhere");
        PaymentId paymentId = PaymentId.forOrder(orderId);
        return Stream.of(
                Arguments.of(new SetReorderPoint(sku, 1), "There is no product SKU-1."),
                Arguments.of(new ChangeProductPrice(sku, Money.of("1", "EUR")), "There is no product SKU-1."),
                Arguments.of(new ConfirmOrder(orderId), "There is no order " + orderId + "."),
                Arguments.of(new CapturePayment(paymentId), "There is no payment " + paymentId + "."));
    }

    @ParameterizedTest
    @MethodSource("commandsToUnknownAggregates")
    void saysWhatIsUnknownInTheWordsOfWhoeverAsked(Object command, String words) {
        GroupingCommandBus bus = bus(1, 100);
        bus.subscribe(command.getClass().getName(), message -> {
            throw new AggregateNotFoundException("internal:id", "the event stream is empty");
        });
        CompletableFuture<Object> answer = dispatch(bus, command);

        start(bus);

        assertThat(answer).failsWithin(5, SECONDS);
        assertThat(TransientFailures.refusal(failureOf(answer))).contains(new Refusal(Refusal.Code.UNKNOWN, words));
    }

    @Test
    void tellsThatNobodyHandlesACommand() {
        GroupingCommandBus bus = bus(1, 100);

        CompletableFuture<Object> answer = dispatch(bus, "nobody handles a text");

        assertThat(failureOf(answer)).isInstanceOf(NoHandlerForCommandException.class);
    }

    @Test
    void turnsCommandsAwayWhileALaneIsFull() {
        GroupingCommandBus bus = bus(1, 100);
        List<CompletableFuture<Object>> taken = dispatch(bus, WAITING);

        CompletableFuture<Object> oneTooMany = dispatch(bus, new Work("a", 0));

        assertThat(failureOf(oneTooMany)).hasCauseInstanceOf(CommandDispatchException.class);
        assertThat(Unavailable.toldBy(failureOf(oneTooMany))).contains(Unavailable.NOTHING_DONE);
        start(bus);
        bus.stop();
        assertThat(taken).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(handled).hasSize(WAITING);
    }

    @Test
    void finishesWhatIsWaitingWhenItStops() {
        GroupingCommandBus bus = bus(2, 10);
        List<CompletableFuture<Object>> answers = dispatch(bus, 200);

        start(bus);
        bus.stop();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
    }

    @Test
    void turnsCommandsAwayOnceItHasStopped() {
        GroupingCommandBus bus = bus(1, 100);
        start(bus);
        bus.stop();

        CompletableFuture<Object> answer = dispatch(bus, new Work("a", 0));

        assertThat(answer).failsWithin(5, SECONDS);
        assertThat(TransientFailures.isUndelivered(failureOf(answer))).isTrue();
        assertThat(handled).isEmpty();
    }

    @Test
    void answersEveryCommandThatArrivesWhileItStops() throws InterruptedException {
        GroupingCommandBus bus = bus(2, 10);
        start(bus);
        List<CompletableFuture<Object>> answers = new CopyOnWriteArrayList<>();
        CountDownLatch underWay = new CountDownLatch(1);
        Thread client = new Thread(() -> {
            for (int i = 0; i < 10_000; i++) {
                answers.add(dispatch(bus, new Work("aggregate-" + i % 5, i)));
                if (i == 100) {
                    underWay.countDown();
                }
            }
        });
        client.start();

        assertThat(underWay.await(5, SECONDS)).isTrue();
        bus.stop();
        client.join();

        assertThat(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                        .exceptionally(failure -> null))
                .succeedsWithin(5, SECONDS);
        long done = answers.stream()
                .filter(answer -> !answer.isCompletedExceptionally())
                .count();
        assertThat(handled).hasSize((int) done);
    }

    @Test
    void keepsALaneAliveWhenAnInterruptLeaksIntoIt() {
        GroupingCommandBus bus = bus(1, 100, command -> {
            if (command.getPayload().number() == 0) {
                // As Axon's time limit does when it comes too late.
                Thread.currentThread().interrupt();
            }
            return record(command);
        });
        start(bus);

        assertThat(dispatch(bus, new Work("a", 0))).succeedsWithin(5, SECONDS);
        assertThat(dispatch(bus, new Work("a", 1))).succeedsWithin(5, SECONDS);
        assertThat(dispatch(bus, new Work("a", 2))).succeedsWithin(5, SECONDS);
    }

    @Test
    void keepsTheInterruptOfOneCommandFromTheOthersOfItsGroup() {
        GroupingCommandBus bus = bus(1, 100, command -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("the database gives no connection to an interrupted thread");
            }
            if (command.getPayload().number() == 1) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("took too long");
            }
            return record(command);
        });
        List<CompletableFuture<Object>> answers = dispatch(bus, 4);

        start(bus);
        bus.stop();

        assertThat(answers)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .containsExactly(answers.get(1));
    }

    @Test
    void tracesEachEventOfAGroupToItsOwnCommand() {
        List<EventMessage<?>> events = new CopyOnWriteArrayList<>();
        GroupingCommandBus bus = bus(1, 100, command -> {
            events.add(GenericEventMessage.asEventMessage(
                    "of " + command.getPayload().number()));
            return "done";
        });
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(new Correlation()));
        List<CommandMessage<Work>> commands = IntStream.range(0, 3)
                .mapToObj(i -> new GenericCommandMessage<>(
                        new Work("a", i), Map.of(Correlation.CORRELATION_ID, "request-" + i, "userId", "user-" + i)))
                .<CommandMessage<Work>>map(command -> command)
                .toList();
        List<CompletableFuture<Object>> answers =
                commands.stream().map(command -> dispatch(bus, command)).toList();

        start(bus);
        bus.stop();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue("done"));
        assertThat(transactions.begun).hasValue(1);
        assertThat(events).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(events.get(i).getMetaData())
                    .containsEntry(Correlation.CAUSATION_ID, commands.get(i).getIdentifier())
                    .containsEntry(Correlation.CORRELATION_ID, "request-" + i)
                    .containsEntry(Correlation.USER_ID, "user-" + i);
        }
    }

    @Test
    void commitsAfterEverythingElseThatTheCommandsOfAGroupDoToCommit() {
        List<Integer> committedBefore = new CopyOnWriteArrayList<>();
        GroupingCommandBus bus = bus(1, 100, command -> {
            CurrentUnitOfWork.get().onCommit(unitOfWork -> committedBefore.add(transactions.committed.get()));
            return "done";
        });
        List<CompletableFuture<Object>> answers = dispatch(bus, 3);

        start(bus);
        bus.stop();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(committedBefore).containsExactly(0, 0, 0);
    }

    @Test
    void handlesAGroupAgainWhereSomethingFailsBeforeItsCommit() {
        AtomicInteger failures = new AtomicInteger();
        GroupingCommandBus bus = bus(1, 100, command -> {
            CurrentUnitOfWork.get().onCommit(unitOfWork -> {
                if (failures.getAndIncrement() == 0) {
                    throw new IllegalStateException("just before the commit");
                }
            });
            return "done";
        });
        List<CompletableFuture<Object>> answers = dispatch(bus, 3);

        start(bus);
        bus.stop();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue("done"));
        assertThat(transactions.rolledBack).hasValue(1);
        assertThat(transactions.committed).hasValue(3);
    }

    @Test
    void repeatsNothingWhoseCommitMayHaveSucceeded() {
        transactions.onCommit = () -> {
            throw new IllegalStateException("the connection broke while it committed");
        };
        GroupingCommandBus bus = bus(1, 100);
        List<CompletableFuture<Object>> answers = dispatch(bus, 3);

        start(bus);
        bus.stop();

        assertThat(handled).hasSize(3);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer).isCompletedExceptionally();
            assertThat(failureOf(answer)).hasMessageContaining("the connection broke");
            assertThat(TransientFailures.isUndelivered(failureOf(answer))).isFalse();
        });
    }

    @Test
    void turnsTheWholeGroupAwayWhileNoTransactionCanBegin() {
        transactions.onBegin = () -> {
            throw new IllegalStateException("the database is away");
        };
        GroupingCommandBus bus = bus(1, 100);
        List<CompletableFuture<Object>> answers = dispatch(bus, 50);

        start(bus);
        bus.stop();

        assertThat(handled).isEmpty();
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(Unavailable.toldBy(failureOf(answer))).contains(Unavailable.NOTHING_DONE));
        // To wait for a connection in vain takes seconds: not once for each of them.
        assertThat(transactions.refusedToBegin).hasValue(1);
    }

    @Test
    void turnsTheRestOfAGroupAwayWhenTheDatabaseGoesAwayWithinIt() {
        GroupingCommandBus bus = bus(1, 100, command -> {
            transactions.onBegin = () -> {
                throw new IllegalStateException("the database is away");
            };
            throw new IllegalStateException("the connection broke");
        });
        List<CompletableFuture<Object>> answers = dispatch(bus, 50);

        start(bus);
        bus.stop();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(TransientFailures.isUndelivered(failureOf(answer)))
                        .isTrue());
        assertThat(transactions.refusedToBegin).hasValue(1);
    }

    @Test
    void goesOnAfterACallbackThatFails() {
        GroupingCommandBus bus = bus(1, 100);
        bus.dispatch(new GenericCommandMessage<>(new Work("a", 0)), (command, result) -> {
            throw new IllegalStateException("in the callback");
        });
        CompletableFuture<Object> answer = dispatch(bus, new Work("a", 1));

        start(bus);

        assertThat(answer).succeedsWithin(5, SECONDS);
    }

    private GroupingCommandBus bus(int lanes, int groupSize) {
        return bus(lanes, groupSize, this::record);
    }

    private GroupingCommandBus bus(int lanes, int groupSize, WorkHandler handler) {
        GroupingCommandBus bus = new GroupingCommandBus(
                transactions,
                AnnotationRoutingStrategy.defaultStrategy(),
                DefaultCommandBusSpanFactory.builder()
                        .spanFactory(NoOpSpanFactory.INSTANCE)
                        .build(),
                NoOpMessageMonitor.instance(),
                new CommandBusSettings(lanes, groupSize, WAITING, 20));
        bus.subscribe(Work.class.getName(), handler);
        return bus;
    }

    private void start(GroupingCommandBus bus) {
        started.add(bus);
        bus.registerLifecycleHandlers(new StartedAtOnce());
    }

    private Object record(CommandMessage<Work> command) {
        handled.add(command.getPayload().toString());
        return "done " + command.getPayload().number();
    }

    private static List<CompletableFuture<Object>> dispatch(GroupingCommandBus bus, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> dispatch(bus, new Work("a", i)))
                .toList();
    }

    private static CompletableFuture<Object> dispatch(GroupingCommandBus bus, Object command) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        bus.dispatch(GenericCommandMessage.asCommandMessage(command), (message, result) -> {
            if (result.isExceptional()) {
                answer.completeExceptionally(result.exceptionResult());
            } else {
                answer.complete(result.getPayload());
            }
        });
        return answer;
    }

    private static Throwable failureOf(CompletableFuture<Object> answer) {
        assertThat(answer).isCompletedExceptionally();
        return answer.<Throwable>handle((result, failure) -> failure).join();
    }

    private record Work(@RoutingKey String aggregate, int number) {}

    private interface WorkHandler extends MessageHandler<CommandMessage<?>> {

        Object handleWork(CommandMessage<Work> command) throws Exception;

        @Override
        @SuppressWarnings("unchecked")
        default Object handle(CommandMessage<?> message) throws Exception {
            return handleWork((CommandMessage<Work>) message);
        }
    }

    private static final class StartedAtOnce implements Lifecycle.LifecycleRegistry {

        @Override
        public void onStart(int phase, Lifecycle.LifecycleHandler action) {
            action.run().join();
        }

        @Override
        public void onShutdown(int phase, Lifecycle.LifecycleHandler action) {
            // The test stops the bus itself.
        }
    }

    /** Transactions of nothing, to see when they begin and how they end. */
    private static final class CountedTransactions implements TransactionManager {

        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger refusedToBegin = new AtomicInteger();
        private final AtomicInteger committed = new AtomicInteger();
        private final AtomicInteger rolledBack = new AtomicInteger();
        private volatile Runnable onBegin = () -> {};
        private volatile Runnable onCommit = () -> {};

        @Override
        public Transaction startTransaction() {
            try {
                onBegin.run();
            } catch (RuntimeException e) {
                refusedToBegin.incrementAndGet();
                throw e;
            }
            begun.incrementAndGet();
            return new Transaction() {
                @Override
                public void commit() {
                    onCommit.run();
                    committed.incrementAndGet();
                }

                @Override
                public void rollback() {
                    rolledBack.incrementAndGet();
                }
            };
        }
    }
}
