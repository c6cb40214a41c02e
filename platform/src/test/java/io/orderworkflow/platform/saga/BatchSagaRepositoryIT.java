package io.orderworkflow.platform.saga;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.orderworkflow.platform.MigratedDatabase;
import io.orderworkflow.platform.messaging.MessageSerializer;
import io.orderworkflow.platform.saga.Journey.Roadblocks;
import io.orderworkflow.platform.saga.JourneyEvents.JourneyBegun;
import io.orderworkflow.platform.saga.JourneyEvents.JourneyEnded;
import io.orderworkflow.platform.saga.JourneyEvents.JourneysJoined;
import io.orderworkflow.platform.saga.JourneyEvents.PlaceReached;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Batches of events as a pooled processor hands them to Axon's saga manager, over rows in a real database. */
@Timeout(60)
class BatchSagaRepositoryIT {

    private static final Segment[] HALVES = Segment.ROOT_SEGMENT.split();

    private static HikariDataSource dataSource;

    private final Roadblocks roadblocks = new Roadblocks();
    private final BatchSagaRepository<Journey> repository = repository();
    private final AnnotatedSagaManager<Journey> manager = manager(repository);

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
        JdbcClient.create(dataSource).sql("truncate saga_entry").update();
    }

    @Test
    void keepsThePrivateStateOfASaga() {
        handle(new JourneyBegun("j-1"), new PlaceReached("j-1", "Rome"), new PlaceReached("j-1", "Bari"));

        assertThat(state("j-1"))
                .contains("{\"journeyId\":\"j-1\",\"places\":[\"Rome\",\"Bari\"],\"visits\":{\"Bari\":1,\"Rome\":1}}");
    }

    @Test
    void goesOnWithTheStateOfAnEarlierBatch() {
        handle(new JourneyBegun("j-1"), new PlaceReached("j-1", "Rome"));
        handle(new PlaceReached("j-1", "Bari"));
        handle(new PlaceReached("j-1", "Rome"));

        assertThat(state("j-1"))
                .contains("{\"journeyId\":\"j-1\",\"places\":[\"Rome\",\"Bari\",\"Rome\"],"
                        + "\"visits\":{\"Bari\":1,\"Rome\":2}}");
    }

    @Test
    void keepsTheSagasOfABatchApart() {
        handle(IntStream.range(0, 50).mapToObj(i -> new JourneyBegun("j-" + i)).toArray());

        handle(IntStream.range(0, 200)
                .mapToObj(i -> new PlaceReached("j-" + i % 50, "place-" + i))
                .toArray());

        assertThat(states()).isEqualTo(50);
        assertThat(state("j-7"))
                .hasValueSatisfying(state -> assertThat(state)
                        .contains("\"places\":[\"place-7\",\"place-57\",\"place-107\",\"place-157\"]"));
    }

    @Test
    void leavesNothingOfASagaThatBeginsAndEndsWithinABatch() {
        handle(new JourneyBegun("j-1"), new PlaceReached("j-1", "Rome"), new JourneyEnded("j-1"));

        assertThat(states()).isZero();
    }

    @Test
    void leavesNothingOfASagaThatEnds() {
        handle(new JourneyBegun("j-1"), new JourneyBegun("j-2"));

        handle(new PlaceReached("j-1", "Rome"), new JourneyEnded("j-1"), new PlaceReached("j-1", "too late"));

        assertThat(state("j-1")).isEmpty();
        assertThat(state("j-2")).isPresent();
    }

    @Test
    void beginsAnewWhereASagaEndedWithinTheSameBatch() {
        handle(new JourneyBegun("j-1"), new PlaceReached("j-1", "Rome"));

        handle(new JourneyEnded("j-1"), new JourneyBegun("j-1"), new PlaceReached("j-1", "Bari"));
        handle(new PlaceReached("j-1", "Kotor"));

        assertThat(state("j-1"))
                .hasValueSatisfying(state -> assertThat(state).contains("\"places\":[\"Bari\",\"Kotor\"]"));
    }

    @Test
    void ignoresWhatBelongsToNoSaga() {
        handle(new PlaceReached("j-unknown", "Rome"), new JourneyEnded("j-unknown"), "nothing of a journey");

        assertThat(states()).isZero();
    }

    @Test
    void leavesEverythingAsItWasWhenABatchIsRolledBack() {
        handle(new JourneyBegun("j-1"), new PlaceReached("j-1", "Rome"), new JourneyBegun("j-2"));
        Optional<String> before = state("j-1");
        roadblocks.block("Bari");

        assertThatThrownBy(() -> handle(
                        new PlaceReached("j-1", "Naples"),
                        new JourneyEnded("j-2"),
                        new JourneyBegun("j-3"),
                        new PlaceReached("j-1", "Bari")))
                .hasMessageContaining("no way through Bari");

        assertThat(state("j-1")).isEqualTo(before);
        assertThat(state("j-2")).isPresent();
        assertThat(state("j-3")).isEmpty();
    }

    @Test
    void changesASagaOnceThoughItsBatchIsHandledAgain() {
        handle(new JourneyBegun("j-1"));
        roadblocks.block("Bari");
        Object[] batch = {new PlaceReached("j-1", "Naples"), new PlaceReached("j-1", "Bari")};
        assertThatThrownBy(() -> handle(batch)).hasMessageContaining("no way through Bari");
        roadblocks.block("nowhere");

        handle(batch);

        assertThat(state("j-1"))
                .hasValueSatisfying(state -> assertThat(state).contains("\"places\":[\"Naples\",\"Bari\"]"));
    }

    @Test
    void rollsBackTogetherWithWhatFailsLater() {
        assertThatThrownBy(() -> run(batch(new JourneyBegun("j-1")), Segment.ROOT_SEGMENT, batch -> {
                    batch.onCommit(committing -> {
                        throw new IllegalStateException("a command of the batch failed");
                    });
                }))
                .hasMessageContaining("a command of the batch failed");

        assertThat(states()).isZero();
    }

    @Test
    void goesOnWithTheRowAfterWhatItWroteWasRolledBack() {
        handle(new JourneyBegun("j-1"), new PlaceReached("j-1", "Rome"));
        assertThatThrownBy(() -> run(batch(new PlaceReached("j-1", "Naples")), Segment.ROOT_SEGMENT, batch -> {
                    batch.onCommit(committing -> {
                        throw new IllegalStateException("a command of the batch failed");
                    });
                }))
                .hasMessageContaining("a command of the batch failed");

        handle(new PlaceReached("j-1", "Bari"));

        assertThat(state("j-1"))
                .hasValueSatisfying(state -> assertThat(state).contains("\"places\":[\"Rome\",\"Bari\"]"));
    }

    @Test
    void goesOnWithWhatAnotherNodeHasWritten() {
        handle(new JourneyBegun("j-1"), new PlaceReached("j-1", "Rome"));
        new BatchSagaRepositoryIT().handle(new PlaceReached("j-1", "Bari"));

        handle(new PlaceReached("j-1", "Kotor"));

        assertThat(state("j-1"))
                .hasValueSatisfying(state -> assertThat(state).contains("\"places\":[\"Rome\",\"Bari\",\"Kotor\"]"));
    }

    @Test
    void refusesASecondAssociation() {
        handle(new JourneyBegun("j-1"), new PlaceReached("j-1", "Rome"));

        assertThatThrownBy(() -> handle(new JourneysJoined("j-1", "j-2")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the one association that started it");
    }

    @Test
    void leavesTheSagasOfOtherSegmentsAlone() throws Exception {
        String ours = journeyOf(HALVES[0]);
        String theirs = journeyOf(HALVES[1]);
        run(batch(new JourneyBegun(ours), new JourneyBegun(theirs)), HALVES[0]);
        run(batch(new JourneyBegun(ours), new JourneyBegun(theirs)), HALVES[1]);
        assertThat(states()).isEqualTo(2);

        // Each segment gets to see the events of both sagas; ours takes its time.
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> slowOne = CompletableFuture.runAsync(() -> run(
                batch(new PlaceReached(ours, "Rome"), new PlaceReached(theirs, "Bari")),
                HALVES[0],
                batch -> batch.onPrepareCommit(committing -> {
                    read.countDown();
                    await(go);
                })));
        assertThat(read.await(10, SECONDS)).isTrue();
        run(batch(new PlaceReached(ours, "Rome"), new PlaceReached(theirs, "Bari")), HALVES[1]);
        go.countDown();
        assertThat(slowOne).succeedsWithin(10, SECONDS);

        assertThat(state(ours)).hasValueSatisfying(state -> assertThat(state).contains("[\"Rome\"]"));
        assertThat(state(theirs)).hasValueSatisfying(state -> assertThat(state).contains("[\"Bari\"]"));
    }

    @Test
    void tellsOfAStateThatCannotBeRead() {
        handle(new JourneyBegun("j-1"));
        JdbcClient.create(dataSource)
                .sql("update saga_entry set state = convert_to('[', 'UTF8')")
                .update();

        assertThatThrownBy(() -> handle(new PlaceReached("j-1", "Rome"))).hasMessageContaining("deserializing");
    }

    private void handle(Object... events) {
        run(batch(events), Segment.ROOT_SEGMENT);
    }

    private static BatchingUnitOfWork<EventMessage<?>> batch(Object... events) {
        return new BatchingUnitOfWork<>(Stream.of(events)
                .<EventMessage<?>>map(GenericEventMessage::asEventMessage)
                .toList());
    }

    private void run(BatchingUnitOfWork<EventMessage<?>> batch, Segment segment) {
        run(batch, segment, begun -> {});
    }

    private void run(BatchingUnitOfWork<EventMessage<?>> batch, Segment segment, Consumer<UnitOfWork<?>> onceBegun) {
        // As the processors do: before the start, which turns to the last event of the batch.
        batch.attachTransaction(new SpringTransactionManager(new JdbcTransactionManager(dataSource)));
        batch.start();
        onceBegun.accept(batch);
        var result = batch.executeWithResult(() -> {
            if (manager.canHandle(batch.getMessage(), segment)) {
                manager.handle(batch.getMessage(), segment);
            }
            return null;
        });
        if (result.isExceptional()) {
            throw (RuntimeException) result.exceptionResult();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String journeyOf(Segment segment) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "journey-" + i)
                .filter(id -> segment.matches(new AssociationValue(Journey.JOURNEY_ID, id)))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> state(String journeyId) {
        return JdbcClient.create(dataSource)
                .sql("select state from saga_entry where saga_type = 'Journey' and association = ?")
                .param(journeyId)
                .query((row, number) -> new String(row.getBytes(1), UTF_8))
                .optional();
    }

    private static int states() {
        return JdbcClient.create(dataSource)
                .sql("select count(*) from saga_entry")
                .query(Integer.class)
                .single();
    }

    private BatchSagaRepository<Journey> repository() {
        return new BatchSagaRepository<>(
                Journey.class,
                new SagaRows<>(
                        Journey.class, Journey.JOURNEY_ID, new JdbcTemplate(dataSource), new MessageSerializer()),
                parameters(),
                handlers());
    }

    private AnnotatedSagaManager<Journey> manager(BatchSagaRepository<Journey> sagas) {
        return AnnotatedSagaManager.<Journey>builder()
                .sagaType(Journey.class)
                .sagaRepository(sagas)
                .parameterResolverFactory(parameters())
                .handlerDefinition(handlers())
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .build();
    }

    private ParameterResolverFactory parameters() {
        return MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(Journey.class),
                new SimpleResourceParameterResolverFactory(List.of(roadblocks)));
    }

    private static HandlerDefinition handlers() {
        return ClasspathHandlerDefinition.forClass(Journey.class);
    }
}
