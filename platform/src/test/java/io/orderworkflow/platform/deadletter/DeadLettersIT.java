package io.orderworkflow.platform.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.admin.DeadLetterAction;
import io.orderworkflow.api.admin.DeadLetterActions;
import io.orderworkflow.api.admin.DeadLetterPage;
import io.orderworkflow.api.admin.DeadLetterView;
import io.orderworkflow.api.admin.DiscardDeadLetters;
import io.orderworkflow.api.admin.FindDeadLetterActions;
import io.orderworkflow.api.admin.FindDeadLetters;
import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.api.admin.RetryDeadLetters;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.deadletter.DueLetters.Due;
import io.orderworkflow.platform.messaging.Correlation;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.platform.projection.EventSequence;
import io.orderworkflow.platform.projection.Generation;
import io.orderworkflow.platform.projection.Projection;
import io.orderworkflow.platform.projection.ProjectionGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each test has SKUs of its own. */
@Timeout(180)
class DeadLettersIT {

    private static final String WORDS = "words";
    private static final Set<String> REPAIRED = ConcurrentHashMap.newKeySet();

    private static PlatformNode node;

    @BeforeAll
    static void startNode() {
        node = PlatformNode.with(
                List.of(
                        "order-workflow.dead-letters.retries=2",
                        "order-workflow.dead-letters.first-interval=300ms",
                        "order-workflow.dead-letters.longest-interval=400ms"),
                ThrowawayPostgres.newDatabase(),
                WordsConfiguration.class);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "no row"})
    void triesAgainByItselfAndThenWhatWaitsBehind(String fault) {
        String sku = "by-itself-" + fault.replace(' ', '-');
        publish(sku, "first", fault, "third");
        publish(sku + "-other", "first");
        soon().untilAsserted(() -> assertThat(words(sku + "-other")).containsExactly("first"));
        soon().until(() -> parked(sku).isPresent());

        repair(sku);

        soon().untilAsserted(() -> assertThat(words(sku)).containsExactly("first", fault, "third"));
        assertThat(parked(sku)).isEmpty();
    }

    @Test
    void waitsForAnOperatorWhenItHasTriedOftenEnough() {
        publish("tired", "bug", "second", "third");

        soon().until(() -> parked("tired").map(DeadLetterView::state).equals(Optional.of(ParkedStepState.PARKED)));

        DeadLetterView letter = parked("tired").orElseThrow();
        assertThat(letter.processor()).isEqualTo(WORDS);
        assertThat(letter.event()).isEqualTo("StockAdjusted");
        assertThat(letter.aggregateType()).isEqualTo("StockItem");
        assertThat(letter.aggregateId()).isEqualTo("stock:tired");
        assertThat(letter.aggregateSequence()).isZero();
        assertThat(letter.position()).isNotNull();
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.cause()).isEqualTo("IllegalStateException");
        assertThat(letter.message()).isEqualTo("a bug");
        assertThat(letter.failedAt()).isAfter(letter.since());
        assertThat(letter.nextTryAt()).isNull();
        assertThat(letter.waitingEvents()).isEqualTo(2);
        assertThat(find(new FindDeadLetters(WORDS, "tired", "IllegalStateException", ParkedStepState.PARKED, 0, 20)))
                .isPresent();
        assertThat(find(new FindDeadLetters(WORDS, "tired", null, ParkedStepState.RETRYING, 0, 20))
                        .orElseThrow()
                        .items())
                .isEmpty();
        soon().untilAsserted(() -> assertThat(node.get(MeterRegistry.class)
                        .find("order.workflow.dead.letters")
                        .tags("processor", WORDS, "state", "parked")
                        .gauge())
                .isNotNull()
                .satisfies(gauge -> assertThat(gauge.value()).isGreaterThanOrEqualTo(1)));

        // One try: the operator's. It fails, and waits for the operator again.
        assertThat(tell(new RetryDeadLetters(WORDS, "tired", null))).isEqualTo(1);
        soon().until(() -> parked("tired").map(DeadLetterView::attempts).equals(Optional.of(4)));
        assertThat(parked("tired").map(DeadLetterView::state)).contains(ParkedStepState.PARKED);

        repair("tired");
        tell(new RetryDeadLetters(WORDS, null, "IllegalStateException"));

        soon().untilAsserted(() -> assertThat(words("tired")).containsExactly("bug", "second", "third"));
        assertThat(actions("tired"))
                .extracting(DeadLetterAction::kind)
                .containsExactly(ParkedStepAction.Kind.RETRY, ParkedStepAction.Kind.RETRY);
        assertThat(actions("tired").get(1)).satisfies(action -> {
            assertThat(action.userId()).isEqualTo("ada");
            assertThat(action.correlationId()).isEqualTo("request-1");
            assertThat(action.cause()).isEqualTo("IllegalStateException");
            assertThat(action.events()).containsExactly("StockAdjusted");
        });
    }

    @Test
    void leavesOutWhatIsDiscardedAndHandlesTheRest() {
        publish("discarded", "first", "bug", "third");
        soon().until(() -> parked("discarded").isPresent());

        assertThat(tell(new DiscardDeadLetters(WORDS, "discarded", false, "told by phone")))
                .isEqualTo(1);

        soon().untilAsserted(() -> assertThat(words("discarded")).containsExactly("first", "third"));
        assertThat(parked("discarded")).isEmpty();
        assertThat(actions("discarded")).singleElement().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ParkedStepAction.Kind.DISCARD);
            assertThat(action.reason()).isEqualTo("told by phone");
            assertThat(action.events()).containsExactly("StockAdjusted");
        });
    }

    @Test
    void leavesOutAllWhereThatIsWanted() {
        publish("all", "bug", "second", "third");
        soon().until(() -> parked("all").map(DeadLetterView::waitingEvents).equals(Optional.of(2L)));

        tell(new DiscardDeadLetters(WORDS, "all", true, "never mind"));

        assertThat(parked("all")).isEmpty();
        assertThat(words("all")).isEmpty();
        assertThat(actions("all")).singleElement().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ParkedStepAction.Kind.DISCARD_ALL);
            assertThat(action.events()).hasSize(3);
        });
        publish("all", "fourth");
        soon().untilAsserted(() -> assertThat(words("all")).containsExactly("fourth"));
    }

    @Test
    void stopsAtTheNextEventThatFails() {
        publish("twice", "bug", "second", "no row", "fourth");
        soon().until(() -> parked("twice").map(DeadLetterView::state).equals(Optional.of(ParkedStepState.PARKED)));

        tell(new DiscardDeadLetters(WORDS, "twice", false, "the first"));

        soon().untilAsserted(() -> assertThat(words("twice")).containsExactly("second"));
        soon().until(() -> parked("twice").map(DeadLetterView::waitingEvents).equals(Optional.of(1L)));
        assertThat(parked("twice").map(DeadLetterView::cause)).contains("DataIntegrityViolationException");
    }

    @Test
    void triesTheEventAsItIsInTheEventStoreNow() {
        publish("corrected", "bug");
        soon().until(() -> parked("corrected").isPresent());

        node.jdbc().sql("""
                        update domain_event_entry set payload = convert_to(
                            replace(convert_from(payload, 'UTF8'), '"bug"', '"corrected"'), 'UTF8')
                        where aggregate_identifier = 'stock:corrected'
                        """).update();
        tell(new RetryDeadLetters(WORDS, "corrected", null));

        soon().untilAsserted(() -> assertThat(words("corrected")).containsExactly("corrected"));
    }

    @Test
    void areTriedByOneNodeAtATime() {
        publish("claimed", "bug");
        soon().until(() -> parked("claimed").map(DeadLetterView::state).equals(Optional.of(ParkedStepState.PARKED)));
        DueLetters letters = node.get(DueLetters.class);
        String identifier = node.jdbc()
                .sql("select dead_letter_identifier from dead_letter_entry where sequence_identifier = 'claimed'")
                .query(String.class)
                .single();
        Due due = new Due(WORDS, "claimed", identifier);

        boolean[] claimed = new boolean[2];
        TransactionManager transactions = node.get(TransactionManager.class);
        transactions.executeInTransaction(() -> {
            claimed[0] = letters.claim(due);
            Thread another = new Thread(() -> transactions.executeInTransaction(() -> claimed[1] = letters.claim(due)));
            another.start();
            await().until(() -> !another.isAlive());
        });

        assertThat(claimed).containsExactly(true, false);
    }

    @Test
    void listsThemInPages() {
        IntStream.range(0, 3).forEach(number -> publish("page-" + number, "bug"));
        soon().until(() -> IntStream.range(0, 3)
                .allMatch(number -> parked("page-" + number).isPresent()));

        DeadLetterPage page =
                find(new FindDeadLetters(null, null, null, null, 1, 2)).orElseThrow();

        assertThat(page.page().totalItems()).isGreaterThanOrEqualTo(3);
        assertThat(page.items()).isNotEmpty();
        assertThat(page.items())
                .extracting(DeadLetterView::sequence)
                .doesNotContainAnyElementsOf(
                        find(new FindDeadLetters(null, null, null, null, 0, 2)).orElseThrow().items().stream()
                                .map(DeadLetterView::sequence)
                                .toList());
    }

    @Test
    void tellsWhereThereIsNothing() {
        assertThat(find(new FindDeadLetters("nothing", null, null, null, 0, 20)))
                .isEmpty();
        assertThatExceptionOfType(CommandRefusedException.class)
                .isThrownBy(() -> tell(new RetryDeadLetters(WORDS, "unknown", null)))
                .satisfies(refused -> assertThat(refused.getDetails())
                        .contains(new Refusal(Refusal.Code.UNKNOWN, "No events of unknown are parked for words.")));
        assertThatExceptionOfType(CommandRefusedException.class)
                .isThrownBy(() -> tell(new DiscardDeadLetters(WORDS, "unknown", false, "why not")));
    }

    @Test
    void areTriedLaterAndLater() {
        DeadLetterSettings settings = new DeadLetterSettings(10, Duration.ofSeconds(1), Duration.ofMinutes(5));

        assertThat(IntStream.of(1, 2, 8, 9, 60).mapToObj(settings::intervalAfter))
                .containsExactly(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(256),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private static void publish(String sku, String... reasons) {
        EventStore events = node.get(EventStore.class);
        node.get(TransactionManager.class).executeInTransaction(() -> {
            long next = events.lastSequenceNumberFor("stock:" + sku).orElse(-1L) + 1;
            for (String reason : reasons) {
                events.publish(new GenericDomainEventMessage<>(
                        "StockItem", "stock:" + sku, next++, new StockAdjusted(new Sku(sku), 1, 1, 2, reason)));
            }
        });
    }

    private static void repair(String sku) {
        REPAIRED.add(sku);
    }

    private static List<String> words(String sku) {
        return node.jdbc()
                .sql("select word from words.word where sku = ? order by number")
                .param(sku)
                .query(String.class)
                .list();
    }

    private static Optional<DeadLetterView> parked(String sku) {
        return find(new FindDeadLetters(WORDS, sku, null, null, 0, 20)).orElseThrow().items().stream()
                .findFirst();
    }

    private static Optional<DeadLetterPage> find(FindDeadLetters query) {
        return node.get(QueryGateway.class)
                .query(query, ResponseTypes.optionalInstanceOf(DeadLetterPage.class))
                .join();
    }

    private static List<DeadLetterAction> actions(String sku) {
        return node.get(QueryGateway.class)
                .query(new FindDeadLetterActions(WORDS, sku), ResponseTypes.instanceOf(DeadLetterActions.class))
                .join()
                .items();
    }

    private static int tell(Object command) {
        CommandGateway commands = node.get(CommandGateway.class);
        return commands.<Integer>sendAndWait(GenericCommandMessage.asCommandMessage(command)
                .withMetaData(Map.of(Correlation.USER_ID, "ada", Correlation.CORRELATION_ID, "request-1")));
    }

    @Configuration(proxyBeanMethods = false)
    static class WordsConfiguration {

        @Bean
        ProjectionGroup wordsGroup(JdbcTemplate jdbc) {
            jdbc.execute("create schema words");
            jdbc.execute("create table words.word (number bigserial, sku text not null, word text not null)");
            return new ProjectionGroup(
                    WORDS, EventSequence.OF_SKU, WORDS, List.of(generation -> new Words(generation, jdbc)));
        }
    }

    /** Writes down the reasons of adjustments, unless they are faults that are not repaired. */
    static final class Words implements Projection {

        private final Generation generation;
        private final JdbcTemplate jdbc;
        private final BatchedChanges<List<StockAdjusted>> changes = new BatchedChanges<>(ArrayList::new, this::write);

        Words(Generation generation, JdbcTemplate jdbc) {
            this.generation = generation;
            this.jdbc = jdbc;
        }

        @Override
        public Generation generation() {
            return generation;
        }

        @EventHandler
        void on(StockAdjusted event) {
            if (event.reason().equals("bug") && !isRepaired(event)) {
                throw new IllegalStateException("a bug");
            }
            changes.current().add(event);
        }

        private void write(List<StockAdjusted> events) {
            events.forEach(event -> jdbc.update(
                    generation.sql("insert into {schema}.word (sku, word) values (?, ?)"),
                    event.sku().value(),
                    event.reason().equals("no row") && !isRepaired(event) ? null : event.reason()));
        }

        private static boolean isRepaired(StockAdjusted event) {
            return REPAIRED.contains(event.sku().value());
        }
    }
}
