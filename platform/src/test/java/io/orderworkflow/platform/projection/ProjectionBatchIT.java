package io.orderworkflow.platform.projection;

import static io.orderworkflow.platform.projection.NotesProjection.BUG;
import static io.orderworkflow.platform.projection.NotesProjection.GATE;
import static io.orderworkflow.platform.projection.NotesProjection.HICCUP;
import static io.orderworkflow.platform.projection.NotesProjection.OUTAGE;
import static io.orderworkflow.platform.projection.NotesProjection.TOO_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.monitoring.NoOpMessageMonitorCallback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(
        properties = {
            "order-workflow.postgres.embedded=false",
            "axon.axonserver.enabled=false",
            "order-workflow.processing.token-claim-interval=100ms",
            // Tried again by the tests alone.
            "order-workflow.dead-letters.first-interval=1h",
            "order-workflow.rebuild.interval=100ms",
            "order-workflow.processing.processors.notes.segments=2",
            "order-workflow.processing.processors.notes.threads=2"
        })
class ProjectionBatchIT {

    private static final Duration A_WHILE = Duration.ofSeconds(20);
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final AtomicInteger HOLDS = new AtomicInteger();

    @Autowired
    private EventStore events;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private EventProcessingConfiguration processing;

    @Autowired
    private ProjectionRebuilds rebuilds;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private NotesProjection projection;

    /** Every test has SKUs of its own, named after it. */
    private final String prefix = "test-" + TESTS.incrementAndGet() + "-";

    private final Map<String, Long> sequenceNumbers = new TreeMap<>();
    private StreamingEventProcessor processor;
    private StockItemOpened end;

    @BeforeEach
    void holdTheProcessor() {
        processor = processing
                .eventProcessor(NotesProjection.GROUP, StreamingEventProcessor.class)
                .orElseThrow();
        projection.breakAgain();
        hold();
    }

    @Test
    void writesWhatABatchChangedAtOnce() {
        int writesBefore = projection.writes();
        IntStream.range(0, 50).forEach(index -> publish("A", "reason " + index));

        handleAll();

        assertThat(notes("A")).hasSize(50);
        // What had arrived when the gate was reached, and all the rest.
        assertThat(projection.writes() - writesBefore).isBetween(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {BUG, TOO_LONG})
    void parksTheSequenceOfAnEventThatFailsAndLetsAllOthersGoOn(String failure) {
        publish("A", "first", "second");
        publish("B", "first", failure, "third");
        publish("A", "third");
        publish("C", "first");

        handleAll();

        assertThat(notes("A")).containsExactly("first", "second", "third");
        assertThat(notes("B")).containsExactly("first");
        assertThat(notes("C")).containsExactly("first");
        assertThat(parked()).containsOnly(Map.entry("B", List.of(failure, "third")));
        assertThat(notedAgain()).isEmpty();
    }

    @Test
    void leavesNothingBehindOfAnEventThatFails() {
        publish("A", TOO_LONG);

        handleAll();

        assertThat(halfNotes()).isZero();
    }

    @Test
    void parksSeveralSequencesOfOneBatch() {
        publish("A", BUG, "second");
        publish("B", "first", TOO_LONG);
        publish("C", "first");
        publish("D", TOO_LONG);

        handleAll();

        assertThat(notes("B")).containsExactly("first");
        assertThat(notes("C")).containsExactly("first");
        assertThat(parked())
                .containsOnly(
                        Map.entry("A", List.of(BUG, "second")),
                        Map.entry("B", List.of(TOO_LONG)),
                        Map.entry("D", List.of(TOO_LONG)));
    }

    @Test
    void parksLaterEventsOfAParkedSequenceAndHandlesTheOthersTogetherAgain() {
        publish("A", BUG);
        handleAll();
        hold();
        int writesBefore = projection.writes();
        publish("A", "second");
        IntStream.range(0, 50).forEach(index -> publish("B", "reason " + index));
        handleAll();

        assertThat(notes("B")).hasSize(50);
        assertThat(parked()).containsOnly(Map.entry("A", List.of(BUG, "second")));
        // What had arrived when the gate was reached, and all the rest.
        assertThat(projection.writes() - writesBefore).isBetween(1, 2);
    }

    @Test
    void goesOnBehindABatchThatFailedWhenItIsStartedAgain() {
        publish("A", "first", BUG, "third");
        publish("B", "first");
        handleAll();

        hold();
        publish("B", "second");
        handleAll();

        assertThat(notes("B")).containsExactly("first", "second");
        assertThat(parked()).containsOnly(Map.entry("A", List.of(BUG, "third")));
        assertThat(notedAgain()).isEmpty();
    }

    @Test
    void remembersWhatIsParkedWhenTheBatchOfLaterEventsFailsToo() {
        publish("A", BUG);
        handleAll();

        hold();
        publish("A", "second");
        publish("B", "first", TOO_LONG);
        publish("A", "third");
        handleAll();

        assertThat(parked())
                .containsOnly(Map.entry("A", List.of(BUG, "second", "third")), Map.entry("B", List.of(TOO_LONG)));
    }

    @ParameterizedTest
    @ValueSource(strings = {HICCUP, OUTAGE})
    void parksNothingForAFaultThatPasses(String fault) {
        publish("A", "first", fault);
        publish("B", "first");

        handleAll();

        assertThat(notes("A")).hasSize(2);
        assertThat(notes("B")).containsExactly("first");
        assertThat(parked()).isEmpty();
        assertThat(notedAgain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {HICCUP, OUTAGE})
    void parksWhatFailsEvenIfAFaultThatPassesIsInTheSameBatch(String fault) {
        publish("A", "first", BUG);
        publish("B", "first", fault);
        publish("A", "third");
        publish("C", TOO_LONG);
        publish("D", "first");

        handleAll();

        assertThat(notes("A")).containsExactly("first");
        assertThat(notes("B")).hasSize(2);
        assertThat(notes("D")).containsExactly("first");
        assertThat(parked()).containsOnly(Map.entry("A", List.of(BUG, "third")), Map.entry("C", List.of(TOO_LONG)));
        assertThat(notedAgain()).isEmpty();
    }

    @Test
    void parksAnEventThatCannotBeReadAlone() {
        // At once: the store keeps in memory what it has read.
        transactions.executeInTransaction(() -> {
            publish("A", "first");
            jdbc.sql("update domain_event_entry set payload = 'no JSON' where aggregate_identifier = ?")
                    .param("stock:" + prefix + "A")
                    .update();
        });
        publish("B", "first");

        handleAll();

        assertThat(notes("B")).containsExactly("first");
        assertThat(parkedSequences()).containsExactly("stock:" + prefix + "A");
    }

    @Test
    void handlesAParkedSequenceInOrderOnceItIsRepaired() {
        publish("A", "first", BUG, "third");
        handleAll();
        projection.repair(BUG);

        assertThat(retry("A")).isTrue();

        assertThat(notes("A")).containsExactlyInAnyOrder("first", BUG, "third");
        assertThat(parked()).isEmpty();
        hold();
        publish("A", "fourth");
        handleAll();
        assertThat(notes("A")).contains("fourth");
        assertThat(notedAgain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BUG, TOO_LONG})
    void keepsAParkedSequenceThatFailsAgainAndCountsItsTries(String failure) {
        publish("A", failure, "second");
        handleAll();

        assertThat(retry("A")).isFalse();

        assertThat(notes("A")).isEmpty();
        assertThat(halfNotes()).isZero();
        assertThat(parked()).containsOnly(Map.entry("A", List.of(failure, "second")));
        assertThat(letters("A").get(0).diagnostics()).containsEntry(ParkingPolicy.TRIES, "2");
    }

    @Test
    void forgetsWhatWasParkedWhenItIsRebuilt() {
        publish("A", "first", BUG, "third");
        publish("B", "first");
        handleAll();
        projection.repair(BUG);

        rebuilds.start(NotesProjection.GROUP, true, "test");

        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(rebuilds.find(NotesProjection.GROUP))
                        .map(RebuildView::state)
                        .contains(RebuildView.State.SWITCHED));
        assertThat(notes("A")).containsExactlyInAnyOrder("first", BUG, "third");
        assertThat(notes("B")).containsExactly("first");
        assertThat(parked()).isEmpty();
        assertThat(notedAgain()).isEmpty();
        rebuilds.end(NotesProjection.GROUP);
        assertThat(parkedSequences()).isEmpty();
    }

    private void publish(String sku, String... reasons) {
        List<EventMessage<?>> published = new ArrayList<>();
        for (String reason : reasons) {
            long sequenceNumber = sequenceNumbers.merge(sku, 1L, Long::sum) - 1;
            published.add(new GenericDomainEventMessage<>(
                    "StockItem",
                    "stock:" + prefix + sku,
                    sequenceNumber,
                    new StockAdjusted(new Sku(prefix + sku), 0, 1, 1, reason)));
        }
        transactions.executeInTransaction(() -> events.publish(published));
    }

    /** Lets everything that is published from now on wait, so that it is handled in one batch a segment. */
    private void hold() {
        processor.shutDown();
        end = new StockItemOpened(new Sku(prefix + "end-" + HOLDS.incrementAndGet()));
        projection.closeGateUntil(end);
        // Two neighbouring names: one for each segment.
        publish("gate-0", GATE);
        publish("gate-1", GATE);
    }

    private void handleAll() {
        transactions.executeInTransaction(() -> events.publish(GenericEventMessage.asEventMessage(end)));
        processor.start();
        long head = jdbc.sql("select max(global_index) from domain_event_entry")
                .query(Long.class)
                .single();
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(processor.processingStatus().values())
                        .hasSize(2)
                        .allSatisfy(segment -> assertThat(positionOf(segment)).isEqualTo(head)));
    }

    private static long positionOf(EventTrackerStatus segment) {
        return segment.getCurrentPosition().orElse(-1);
    }

    private List<String> notes(String sku) {
        return jdbc.sql("select reason from notes.note where sku = ? order by reason")
                .param(prefix + sku)
                .query(String.class)
                .list();
    }

    private long halfNotes() {
        return jdbc.sql("select count(*) from notes.note_of_a_note")
                .query(Long.class)
                .single();
    }

    private List<String> notedAgain() {
        return jdbc.sql("select sku || ': ' || reason from notes.note where times > 1")
                .query(String.class)
                .list();
    }

    private List<String> parkedSequences() {
        return jdbc
                .sql("select distinct sequence_identifier from dead_letter_entry where processing_group = ?")
                .param(NotesProjection.GROUP)
                .query(String.class)
                .list()
                .stream()
                .filter(sequence -> sequence.contains(prefix))
                .toList();
    }

    private Map<String, List<String>> parked() {
        return parkedSequences().stream()
                .map(sequence -> sequence.substring(prefix.length()))
                .collect(Collectors.toMap(
                        Function.identity(),
                        sku -> letters(sku).stream()
                                .map(letter -> ((StockAdjusted) letter.message().getPayload()).reason())
                                .toList()));
    }

    private List<? extends DeadLetter<? extends EventMessage<?>>> letters(String sku) {
        return transactions.fetchInTransaction(() -> StreamSupport.stream(
                        processing
                                .deadLetterQueue(NotesProjection.GROUP)
                                .orElseThrow()
                                .deadLetterSequence(prefix + sku)
                                .spliterator(),
                        false)
                .toList());
    }

    private boolean retry(String sku) {
        return processing
                .sequencedDeadLetterProcessor(NotesProjection.GROUP)
                .orElseThrow()
                .process(letter -> EventSequence.OF_SKU
                        .getSequenceIdentifierFor(letter.message())
                        .equals(prefix + sku));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(ThrowawayDatabase.class)
    static class Notes {

        @Bean
        NotesProjection notesProjection(JdbcTemplate jdbc) {
            return new NotesProjection(jdbc);
        }

        /** Opens the gate when all events have been read: the last of them is one that no projection handles. */
        @Bean
        ConfigurerModule gatekeeper(NotesProjection projection) {
            return configurer -> configurer.configureMessageMonitor(
                    PooledStreamingEventProcessor.class, NotesProjection.GROUP, (axon, type, name) -> event -> {
                        if (event.getPayloadType().equals(StockItemOpened.class)) {
                            projection.read(event.getPayload());
                        }
                        return NoOpMessageMonitorCallback.INSTANCE;
                    });
        }

        @Bean
        ProjectionGroup notesGroup(ObjectProvider<NotesProjection> projection) {
            return new ProjectionGroup(
                    NotesProjection.GROUP,
                    EventSequence.OF_SKU,
                    "notes",
                    List.of(generation -> projection.getObject().of(generation)));
        }
    }
}
