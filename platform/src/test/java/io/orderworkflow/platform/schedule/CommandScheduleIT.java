package io.orderworkflow.platform.schedule;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.ExpireOrderStep;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.platform.MigratedDatabase;
import io.orderworkflow.platform.messaging.Correlation;
import io.orderworkflow.platform.messaging.MessageSerializer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The schedule and its sender on a real database, at a time that the test sets. */
@Timeout(60)
class CommandScheduleIT {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private static HikariDataSource dataSource;

    private final AdjustableClock clock = new AdjustableClock();
    private final List<ScheduledCommandSender> senders = new CopyOnWriteArrayList<>();
    private final JdbcCommandSchedule schedule = schedule();
    private final Receiver receiver = new Receiver();
    private final ScheduledCommandSender sender = sender(schedule, receiver);

    @BeforeAll
    static void createDatabase() {
        dataSource = MigratedDatabase.create();
    }

    @AfterAll
    static void closeDatabase() {
        dataSource.close();
    }

    @AfterEach
    void clear() {
        senders.forEach(ScheduledCommandSender::stop);
        JdbcClient.create(dataSource).sql("truncate scheduled_command").update();
    }

    @Test
    void sendsACommandWhenItIsDueAndNotBefore() {
        schedule.schedule("order/1", START.plusSeconds(10), expiry(1));

        clock.set(START.plusSeconds(9));
        sender.sendDue();
        assertThat(receiver.received).isEmpty();

        clock.set(START.plusSeconds(10));
        sender.sendDue();
        assertThat(receiver.payloads()).containsExactly(expiry(1));
    }

    @Test
    void sendsACommandOnceThatWasHandled() {
        schedule.schedule("order/1", START, expiry(1));

        sender.sendDue();
        clock.set(START.plus(Duration.ofDays(1)));
        sender.sendDue();

        assertThat(receiver.received).hasSize(1);
        assertThat(scheduled()).isEmpty();
    }

    @Test
    void sendsEverythingThatIsDueHoweverMuchItIs() {
        inUnitOfWork(
                unitOfWork -> IntStream.range(0, 450).forEach(i -> schedule.schedule("order/" + i, START, expiry(i))));

        sender.start();

        await().untilAsserted(() -> assertThat(receiver.received).hasSize(450));
        await().untilAsserted(() -> assertThat(scheduled()).isEmpty());
    }

    @Test
    void sendsByItself() {
        sender.start();
        schedule.schedule("order/1", START, expiry(1));

        await().untilAsserted(() -> assertThat(receiver.payloads()).containsExactly(expiry(1)));
    }

    @Test
    void sendsAgainAfterItWasStoppedAndStarted() {
        sender.start();
        sender.stop();
        schedule.schedule("order/1", START, expiry(1));

        sender.start();

        assertThat(sender.isRunning()).isTrue();
        await().untilAsserted(() -> assertThat(receiver.payloads()).containsExactly(expiry(1)));
    }

    @Test
    void sendsACommandWhenItIsDueThoughItWasDueAtOtherTimesBefore() {
        schedule.schedule("order/1", START.plusSeconds(10), expiry(1));
        schedule.schedule("order/1", START.plusSeconds(30), expiry(2));
        schedule.schedule("order/2", START.plusSeconds(30), expiry(3));
        schedule.schedule("order/2", START.plusSeconds(20), expiry(4));

        clock.set(START.plusSeconds(19));
        sender.sendDue();
        assertThat(receiver.received).isEmpty();

        clock.set(START.plusSeconds(20));
        sender.sendDue();
        assertThat(receiver.payloads()).containsExactly(expiry(4));

        clock.set(START.plusSeconds(29));
        sender.sendDue();
        clock.set(START.plusSeconds(30));
        sender.sendDue();
        assertThat(receiver.payloads()).containsExactly(expiry(4), expiry(2));
    }

    @Test
    void sendsWhatANodeOfAnEarlierVersionHasScheduled() {
        schedule.schedule("order/1", START.plusSeconds(10), expiry(1));
        JdbcClient.create(dataSource).sql("""
                        insert into scheduled_command (name, due_at, command_type, command, metadata)
                        select 'order/2', due_at, command_type, command, metadata from scheduled_command
                        """).update();
        schedule.cancel("order/1");

        sender.sendDue();
        assertThat(receiver.received).isEmpty();

        clock.set(START.plusSeconds(10));
        sender.sendDue();
        assertThat(receiver.payloads()).containsExactly(expiry(1));
    }

    @Test
    void looksOnceOnlyAtWhatIsDueLaterThanItWas() {
        schedule.schedule("order/1", START, expiry(1));
        schedule.schedule("order/1", START.plusSeconds(30), expiry(2));

        sender.sendDue();

        assertThat(JdbcClient.create(dataSource)
                        .sql("select look_at from scheduled_command")
                        .query(Timestamp.class)
                        .single()
                        .toInstant())
                .isEqualTo(START.plusSeconds(30));
    }

    @Test
    void strikesOffLaterWhatSomebodyHoldsJustThen() {
        schedule.schedule("order/1", START, expiry(1));
        schedule.schedule("order/2", START, expiry(2));
        CompletableFuture<Object> answer = new CompletableFuture<>();
        receiver.answer = command -> answer;
        sender.sendDue();

        inUnitOfWork(unitOfWork -> {
            JdbcClient.create(dataSource)
                    .sql("select name from scheduled_command where name = 'order/1' for update")
                    .query(String.class)
                    .single();
            answer.complete("done");
            CompletableFuture<Void> look =
                    CompletableFuture.runAsync(sender::sendDue, task -> new Thread(task).start());
            assertThat(look).succeedsWithin(20, SECONDS);
            assertThat(scheduled()).containsExactly("order/1");
        });
        sender.sendDue();

        assertThat(scheduled()).isEmpty();
        assertThat(receiver.received).hasSize(2);
    }

    @Test
    void becomesEffectiveWithTheCommit() {
        inUnitOfWork(unitOfWork -> {
            schedule.schedule("order/1", START, expiry(1));
            assertThat(scheduled()).isEmpty();
        });

        assertThat(scheduled()).containsExactly("order/1");
    }

    @Test
    void isForgottenWithARollback() {
        assertThatThrownBy(() -> inUnitOfWork(unitOfWork -> {
                    schedule.schedule("order/1", START, expiry(1));
                    // As a late failure does, when the change is written already.
                    unitOfWork.onCommit(committing -> {
                        throw new IllegalStateException("a command of the batch failed");
                    });
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(scheduled()).isEmpty();
    }

    @Test
    void cancelsNothingInAUnitOfWorkThatIsRolledBack() {
        schedule.schedule("order/1", START, expiry(1));

        assertThatThrownBy(() -> inUnitOfWork(unitOfWork -> {
                    schedule.cancel("order/1");
                    unitOfWork.onCommit(committing -> {
                        throw new IllegalStateException("a command of the batch failed");
                    });
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(scheduled()).containsExactly("order/1");
    }

    @Test
    void replacesWhatWasScheduledUnderTheName() {
        schedule.schedule("order/1", START, expiry(1));
        inUnitOfWork(unitOfWork -> schedule.schedule("order/1", START.plusSeconds(5), expiry(2)));

        sender.sendDue();
        assertThat(receiver.received).isEmpty();
        clock.set(START.plusSeconds(5));
        sender.sendDue();
        assertThat(receiver.payloads()).containsExactly(expiry(2));
    }

    @Test
    void cancelsByName() {
        schedule.schedule("order/1", START, expiry(1));
        schedule.schedule("order/2", START, expiry(2));

        schedule.cancel("order/1");
        schedule.cancel("order/3");

        assertThat(scheduled()).containsExactly("order/2");
    }

    @Test
    void keepsTheLastChangeOfAUnitOfWorkForEachName() {
        schedule.schedule("order/4", START, expiry(4));

        inUnitOfWork(unitOfWork -> {
            schedule.schedule("order/1", START, expiry(1));
            schedule.schedule("order/1", START, expiry(10));
            schedule.schedule("order/2", START, expiry(2));
            schedule.cancel("order/2");
            schedule.cancel("order/3");
            schedule.schedule("order/3", START, expiry(3));
            schedule.cancel("order/4");
        });

        sender.sendDue();
        assertThat(receiver.payloads()).containsExactlyInAnyOrder(expiry(10), expiry(3));
    }

    @Test
    void gathersTheChangesOfAWholeBatchOfEvents() {
        BatchingUnitOfWork<Message<?>> batch = new BatchingUnitOfWork<>(
                new GenericMessage<>("1"), new GenericMessage<>("2"), new GenericMessage<>("3"));
        batch.attachTransaction(transactions());
        batch.start();

        batch.executeWithResult(() -> {
            schedule.schedule("order/" + batch.getMessage().getPayload(), START, expiry(1));
            return null;
        });

        assertThat(scheduled()).containsExactly("order/1", "order/2", "order/3");
    }

    @Test
    void refusesChangesThatWouldBeLostBecauseTheUnitOfWorkIsCommitting() {
        assertThatThrownBy(() -> inUnitOfWork(unitOfWork -> {
                    schedule.schedule("order/1", START, expiry(1));
                    unitOfWork.onCommit(committing -> schedule.schedule("order/2", START, expiry(2)));
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(scheduled()).isEmpty();
    }

    @Test
    void bringsBackTheCommandWithItsOrigin() {
        Message<String> event = new GenericMessage<>("event", Map.of(Correlation.CORRELATION_ID, "request-1"));
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(event);
        unitOfWork.registerCorrelationDataProvider(new Correlation());
        unitOfWork.attachTransaction(transactions());
        unitOfWork.execute(() -> schedule.schedule("order/1", START, expiry(1)));

        sender.sendDue();

        assertThat(receiver.received).singleElement().satisfies(command -> {
            assertThat(command.getPayload()).isEqualTo(expiry(1));
            assertThat(command.getMetaData())
                    .containsEntry(Correlation.CORRELATION_ID, "request-1")
                    .containsEntry(Correlation.CAUSATION_ID, event.getIdentifier());
        });
    }

    @Test
    void givesAnswersTimeToBeHandledThatCameWhileTheProgramWasAway() {
        schedule.schedule("order/1", START, expiry(1));
        // Due just after the start: its answer may be there as well.
        schedule.schedule("order/2", START.plusSeconds(61), expiry(2));
        schedule.schedule("order/3", START.plusSeconds(91), expiry(3));
        clock.set(START.plusSeconds(60));
        ScheduledCommandSender restarted = sender(schedule(), receiver, Duration.ofSeconds(30));

        restarted.sendDue();
        clock.set(START.plusSeconds(90).minusMillis(1));
        restarted.sendDue();
        assertThat(receiver.received).isEmpty();
        clock.set(START.plusSeconds(90));
        restarted.sendDue();
        assertThat(receiver.payloads()).containsExactlyInAnyOrder(expiry(1), expiry(2));
        clock.set(START.plusSeconds(91));
        restarted.sendDue();
        assertThat(receiver.payloads()).hasSize(3).endsWith(expiry(3));
    }

    @Test
    void postponesNothingThatIsScheduledOnceItHasStarted() {
        ScheduledCommandSender started = sender(schedule(), receiver, Duration.ofSeconds(30));
        started.sendDue();

        schedule.schedule("order/1", START.plusSeconds(1), expiry(1));
        clock.set(START.plusSeconds(1));
        started.sendDue();

        assertThat(receiver.payloads()).containsExactly(expiry(1));
    }

    @Test
    void letsAnotherNodeSendOnceAgainWhatWasClaimedWhenItStarted() {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        receiver.answer = command -> answer;
        schedule.schedule("order/1", START, expiry(1));
        sender.sendDue();

        Receiver another = new Receiver();
        ScheduledCommandSender restarted = sender(schedule(), another, Duration.ofSeconds(60));
        restarted.sendDue();
        answer.complete("done");
        sender.sendDue();
        clock.set(START.plusSeconds(60));
        restarted.sendDue();

        assertThat(another.payloads()).containsExactly(expiry(1));
        assertThat(scheduled()).isEmpty();
    }

    @Test
    void isStillDueAfterARestart() {
        schedule.schedule("order/1", START, expiry(1));

        sender(schedule(), receiver).sendDue();

        assertThat(receiver.payloads()).containsExactly(expiry(1));
    }

    @Test
    void sendsAFailedCommandAgainButNotAtOnce() {
        receiver.answer = command -> CompletableFuture.failedFuture(new IllegalStateException("not now"));
        schedule.schedule("order/1", START, expiry(1));
        sender.sendDue();
        receiver.answer = Receiver.DONE;

        clock.set(START.plus(CLAIM).minusMillis(1));
        sender.sendDue();
        assertThat(receiver.received).hasSize(1);

        clock.set(START.plus(CLAIM));
        sender.sendDue();
        assertThat(receiver.payloads()).containsExactly(expiry(1), expiry(1));
        assertThat(scheduled()).isEmpty();
    }

    @Test
    void sendsACommandAgainWhoseAnswerWasLostWithItsProcess() {
        receiver.answer = command -> new CompletableFuture<>();
        schedule.schedule("order/1", START, expiry(1));
        sender.sendDue();

        Receiver another = new Receiver();
        clock.set(START.plus(CLAIM));
        sender(schedule(), another).sendDue();

        assertThat(another.payloads()).containsExactly(expiry(1));
    }

    @Test
    void keepsWhatIsScheduledUnderTheNameOfACommandThatIsBeingSent() {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        receiver.answer = command -> answer;
        schedule.schedule("order/1", START, expiry(1));
        sender.sendDue();

        schedule.schedule("order/1", START.plusSeconds(5), expiry(2));
        answer.complete("done");

        receiver.answer = Receiver.DONE;
        clock.set(START.plusSeconds(5));
        sender.sendDue();
        assertThat(receiver.payloads()).containsExactly(expiry(1), expiry(2));
    }

    @Test
    void neverSendsAgainWhatIsCancelledWhileItIsBeingSent() {
        receiver.answer = command -> CompletableFuture.failedFuture(new IllegalStateException("not now"));
        schedule.schedule("order/1", START, expiry(1));
        sender.sendDue();

        schedule.cancel("order/1");

        clock.set(START.plus(CLAIM));
        sender.sendDue();
        assertThat(receiver.received).hasSize(1);
    }

    @Test
    void sendsEachCommandOnceThoughTwoProcessesLook() {
        inUnitOfWork(
                unitOfWork -> IntStream.range(0, 1000).forEach(i -> schedule.schedule("order/" + i, START, expiry(i))));
        Receiver another = new Receiver();
        ScheduledCommandSender anotherSender = sender(schedule(), another);
        // What runs past a full claim goes on only while it is started.
        sender.start();
        anotherSender.start();

        // In the common pool, which has a single thread on a small machine, they might look one after the other.
        Executor threads = task -> new Thread(task).start();
        CompletableFuture<Void> both = CompletableFuture.allOf(
                CompletableFuture.runAsync(sender::sendDue, threads),
                CompletableFuture.runAsync(anotherSender::sendDue, threads));

        assertThat(both).succeedsWithin(20, SECONDS);
        await().untilAsserted(() -> assertThat(scheduled()).isEmpty());
        assertThat(receiver.received.size() + another.received.size()).isEqualTo(1000);
    }

    @Test
    void sendsTheOthersWhereOneCannotBeRead() {
        schedule.schedule("order/1", START, expiry(1));
        schedule.schedule("order/2", START, expiry(2));
        schedule.schedule("order/3", START, expiry(3));
        // As a class that is gone, and a payload that does not fit any more.
        JdbcClient jdbc = JdbcClient.create(dataSource);
        jdbc.sql("update scheduled_command set command_type = 'io.orderworkflow.Gone' where name = 'order/1'")
                .update();
        jdbc.sql("update scheduled_command set command = convert_to('[', 'UTF8') where name = 'order/2'")
                .update();

        sender.sendDue();

        assertThat(receiver.payloads()).containsExactly(expiry(3));
        assertThat(scheduled()).containsExactly("order/1", "order/2");
    }

    @Test
    void sendsTheOthersWhereOneCannotEvenBeDispatched() {
        receiver.answer = command -> {
            if (command.getPayload().equals(expiry(1))) {
                throw new IllegalStateException("shutting down");
            }
            return CompletableFuture.completedFuture("done");
        };
        schedule.schedule("order/1", START, expiry(1));
        schedule.schedule("order/2", START.plusMillis(1), expiry(2));
        clock.set(START.plusSeconds(1));

        sender.sendDue();

        assertThat(receiver.payloads()).containsExactly(expiry(1), expiry(2));
        assertThat(scheduled()).containsExactly("order/1");
    }

    private static ExpireOrderStep expiry(int attempt) {
        return new ExpireOrderStep(OrderId.forIdempotencyKey("order"), OrderStep.RESERVATION, attempt);
    }

    private static JdbcCommandSchedule schedule() {
        return new JdbcCommandSchedule(new JdbcTemplate(dataSource), new MessageSerializer());
    }

    private ScheduledCommandSender sender(JdbcCommandSchedule schedule, Receiver receiver) {
        return sender(schedule, receiver, Duration.ZERO);
    }

    private ScheduledCommandSender sender(JdbcCommandSchedule schedule, Receiver receiver, Duration grace) {
        CommandGateway gateway =
                DefaultCommandGateway.builder().commandBus(receiver.bus()).build();
        ScheduledCommandSender created = new ScheduledCommandSender(schedule, gateway, clock, grace);
        senders.add(created);
        return created;
    }

    private static SpringTransactionManager transactions() {
        return new SpringTransactionManager(new JdbcTransactionManager(dataSource));
    }

    private static void inUnitOfWork(Consumer<UnitOfWork<?>> work) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(new GenericMessage<>("event"));
        unitOfWork.attachTransaction(transactions());
        unitOfWork.execute(() -> work.accept(unitOfWork));
    }

    private static List<String> scheduled() {
        // On a connection of its own: not within the transaction of the test.
        return CompletableFuture.supplyAsync(() -> JdbcClient.create(dataSource)
                        .sql("select name from scheduled_command order by name")
                        .query(String.class)
                        .list())
                .join();
    }

    /** Whoever handles the commands, and when. */
    private static final class Receiver {

        static final Function<CommandMessage<?>, CompletableFuture<Object>> DONE =
                command -> CompletableFuture.completedFuture("done");

        private final List<CommandMessage<?>> received = new CopyOnWriteArrayList<>();
        private volatile Function<CommandMessage<?>, CompletableFuture<Object>> answer = DONE;

        List<Object> payloads() {
            return received.stream().<Object>map(Message::getPayload).toList();
        }

        CommandBus bus() {
            return new AnsweringBus();
        }

        private final class AnsweringBus extends SimpleCommandBus {

            AnsweringBus() {
                super(SimpleCommandBus.builder());
            }

            @Override
            protected <C, R> void doDispatch(
                    CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
                received.add(command);
                var unused = answer.apply(command)
                        .whenComplete((result, failure) -> callback.onResult(
                                command,
                                failure == null
                                        ? GenericCommandResultMessage.asCommandResultMessage(result)
                                        : GenericCommandResultMessage.asCommandResultMessage(failure)));
            }
        }
    }

    private static final class AdjustableClock extends Clock {

        private volatile Instant now = START;

        void set(Instant time) {
            now = time;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
