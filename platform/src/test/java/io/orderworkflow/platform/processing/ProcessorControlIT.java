package io.orderworkflow.platform.processing;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.admin.EventBacklog;
import io.orderworkflow.api.admin.FindBacklog;
import io.orderworkflow.api.admin.FindProcessors;
import io.orderworkflow.api.admin.MergeSegment;
import io.orderworkflow.api.admin.PauseProcessor;
import io.orderworkflow.api.admin.ProcessorView;
import io.orderworkflow.api.admin.Processors;
import io.orderworkflow.api.admin.ResumeProcessor;
import io.orderworkflow.api.admin.SplitSegment;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.messaging.Correlation;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two nodes on one database: one runs the processor, the other is asked. */
@Timeout(180)
class ProcessorControlIT {

    private static final String NAME = "listening";

    private static String database;
    private static PlatformNode running;
    private static PlatformNode asked;

    @BeforeAll
    static void startNodes() {
        database = ThrowawayPostgres.newDatabase();
        running = node("running");
        running.jdbc().sql("create table heard (text text)").update();
        soon().until(() ->
                segments().size() == 1 && "running".equals(segments().get(0).owner()));
        asked = node("asked");
    }

    @AfterAll
    static void stopNodes() {
        asked.close();
        running.close();
    }

    @Test
    void pausesAndResumesWhereTheProcessorRuns() {
        tell(new PauseProcessor(NAME));
        soon().until(() -> !view().running());
        assertThat(view().pause()).isNotNull().satisfies(pause -> {
            assertThat(pause.userId()).isEqualTo("ada");
            assertThat(pause.correlationId()).isEqualTo("request-1");
        });
        publish("while paused");

        // Not even a node that starts now runs it.
        try (PlatformNode another = node("another")) {
            EventProcessor processor = another.get(EventProcessingConfiguration.class)
                    .eventProcessor(NAME)
                    .orElseThrow();
            assertThat(processor.isRunning()).isFalse();
            processor.start();
            assertThat(processor.isRunning()).isFalse();
            soon().until(() -> view().nodes().size() == 3);
            assertThat(view().running()).isFalse();
        }
        assertThat(heard()).doesNotContain("while paused");
        ProcessorView.Segment segment = view().segments().get(0);
        assertThat(segment.caughtUp()).isFalse();
        assertThat(segment.lag()).isEqualTo(1);
        assertThat(segment.lagSeconds()).isGreaterThan(0);

        tell(new ResumeProcessor(NAME));

        soon().untilAsserted(() -> assertThat(heard()).containsOnlyOnce("while paused"));
        soon().until(() -> view().running() && view().segments().get(0).caughtUp());
        assertThat(view().pause()).isNull();
        assertThat(actions()).contains("PAUSE ada request-1", "RESUME ada request-1");
    }

    @Test
    void splitsAndMergesWhatAnotherNodeWorksOn() {
        publish(texts("before", 20));

        tell(new SplitSegment(NAME, 0));
        publish(texts("split", 20));

        assertThat(segments()).extracting(ProcessorView.Segment::id).containsExactly(0, 1);
        assertThat(segments()).extracting(ProcessorView.Segment::partOf).containsOnly(2);
        soon().untilAsserted(
                        () -> assertThat(heard()).contains(texts("before", 20)).contains(texts("split", 20)));
        soon().until(() -> segments().stream().allMatch(segment -> segment.owner() != null && segment.caughtUp()));

        tell(new MergeSegment(NAME, null));
        publish(texts("merged", 20));

        assertThat(segments()).extracting(ProcessorView.Segment::id).containsExactly(0);
        soon().untilAsserted(() -> assertThat(heard()).contains(texts("merged", 20)));
        // Each once, whoever had it under way when it was taken away.
        assertThat(heard()).doesNotHaveDuplicates();
        assertThat(actions()).contains("SPLIT ada request-1", "MERGE ada request-1");
    }

    @Test
    void losesNothingWhileItIsSplitAndMergedOverAndOver() {
        Set<String> all = IntStream.range(0, 6)
                .boxed()
                .flatMap(round -> {
                    String[] texts = texts("round " + round, 30);
                    publish(texts);
                    tell(round % 2 == 0 ? new SplitSegment(NAME, null) : new MergeSegment(NAME, null));
                    return List.of(texts).stream();
                })
                .collect(toSet());

        soon().untilAsserted(() -> assertThat(heard()).containsAll(all));
        assertThat(heard()).doesNotHaveDuplicates();
        assertThat(segments()).hasSize(1);
    }

    @Test
    void spreadsSegmentsOverTheNodesThatRunIt() {
        publish(texts("on one node", 20));
        tell(new SplitSegment(NAME, 0));
        tell(new SplitSegment(NAME, 0));
        tell(new SplitSegment(NAME, 1));
        try {
            soon().untilAsserted(() -> assertThat(segments())
                    .extracting(ProcessorView.Segment::owner)
                    .containsExactlyInAnyOrder("running", "running", "asked", "asked"));

            publish(texts("on two nodes", 20));

            soon().untilAsserted(() ->
                    assertThat(heard()).contains(texts("on one node", 20)).contains(texts("on two nodes", 20)));
            assertThat(heard()).doesNotHaveDuplicates();
        } finally {
            for (int i = 0; i < 3; i++) {
                tell(new MergeSegment(NAME, null));
            }
        }
    }

    @Test
    void tellsWhatASegmentFailsWithUntilItGetsOn() {
        running.get(Listening.class).deaf.set(true);
        asked.get(Listening.class).deaf.set(true);
        publish("to the deaf");
        try {
            soon().untilAsserted(() -> assertThat(segments().get(0).error())
                    .isNotNull()
                    .satisfies(error -> assertThat(error.message()).isEqualTo("IllegalStateException: deaf")));
        } finally {
            running.get(Listening.class).deaf.set(false);
            asked.get(Listening.class).deaf.set(false);
        }

        soon().untilAsserted(() -> assertThat(heard()).contains("to the deaf"));
        soon().untilAsserted(() -> assertThat(segments().get(0).error()).isNull());
    }

    @Test
    void tellsSinceWhenNobodyWorksOnTheSegmentOfADeadNode() {
        running.jdbc().sql("""
                        insert into token_entry (processor_name, segment, timestamp, owner)
                        values ('orphaned', 0, '2026-01-01T12:00:00Z', 'dead')
                        """).update();

        ProcessorView orphaned = view("orphaned").orElseThrow();

        assertThat(orphaned.running()).isFalse();
        assertThat(orphaned.nodes()).isEmpty();
        ProcessorView.Segment segment = orphaned.segments().get(0);
        assertThat(segment.owner()).isNull();
        assertThat(segment.unclaimedSince()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(segment.position()).isEqualTo(-1);
    }

    @Test
    void tellsWhatIsBeforeThoseThatAreAtWork() {
        running.jdbc().sql("""
                        insert into token_entry (processor_name, segment, timestamp, owner)
                        values ('idling', 0, now()::timestamptz at time zone 'UTC' || 'Z', 'someone')
                        """).update();
        running.jdbc()
                .sql("update token_entry set timestamp = replace(timestamp, ' ', 'T') where processor_name = 'idling'")
                .update();
        publish("not handled");
        // Nobody runs it.
        assertThat(backlog("idling")).isZero();

        running.jdbc()
                .sql("insert into processor_node values ('idling', 'someone', true, 1, now())")
                .update();
        soon().untilAsserted(() -> {
            assertThat(backlog(NAME)).isZero();
            assertThat(backlog("idling")).isPositive();
        });
        assertThat(backlog(NAME, "idling")).isGreaterThanOrEqualTo(backlog("idling"));

        running.jdbc()
                .sql("insert into processor_pause values ('idling', now(), 'ada', 'request-1')")
                .update();
        assertThat(backlog("idling")).isZero();
        running.jdbc()
                .sql("delete from processor_pause where processor_name = 'idling'")
                .update();

        running.jdbc()
                .sql("insert into processor_failure values ('idling', 0, 'another', 'a bug', now())")
                .update();
        assertThat(backlog("idling")).isPositive();
        running.jdbc()
                .sql("update processor_failure set node = 'someone' where processor_name = 'idling'")
                .update();
        assertThat(backlog("idling")).isZero();
        running.jdbc()
                .sql("delete from processor_failure where processor_name = 'idling'")
                .update();

        running.jdbc()
                .sql("update token_entry set timestamp = '2026-01-01T12:00:00Z' where processor_name = 'idling'")
                .update();
        assertThat(backlog("idling")).isZero();
    }

    @Test
    void measuresHowFarEachSegmentIsBehind() {
        soon().untilAsserted(() -> {
            assertThat(asked.get(MeterRegistry.class)
                            .find("order.workflow.processor.lag")
                            .tags("processor", NAME, "segment", "0")
                            .gauge())
                    .isNotNull();
            assertThat(asked.get(MeterRegistry.class)
                            .find("order.workflow.processor.lag.age")
                            .tags("processor", NAME, "segment", "0")
                            .gauge())
                    .isNotNull();
        });
    }

    @Test
    void refusesWhatCannotBe() {
        refused(new PauseProcessor("nothing"), Refusal.Code.UNKNOWN, "There is no processor nothing.");
        refused(new ResumeProcessor("nothing"), Refusal.Code.UNKNOWN, "There is no processor nothing.");
        refused(new SplitSegment("nothing", null), Refusal.Code.UNKNOWN, "There is no processor nothing.");
        refused(
                new SplitSegment(NAME, 7),
                Refusal.Code.UNKNOWN_SEGMENT,
                "segment must be one of [0]: listening has no segment 7.");
        refused(
                new MergeSegment(NAME, null),
                Refusal.Code.SEGMENTS_NOT_CHANGEABLE,
                "Segment 0 is the only one of listening.");
        tell(new SplitSegment(NAME, 0));
        tell(new SplitSegment(NAME, 1));
        refused(
                new MergeSegment(NAME, 0),
                Refusal.Code.SEGMENTS_NOT_CHANGEABLE,
                "Segment 0 of listening can be merged only with 1, and one of both has been split further.");
        tell(new MergeSegment(NAME, null));
        tell(new MergeSegment(NAME, null));
        assertThat(view("nothing")).isEmpty();
    }

    private static PlatformNode node(String id) {
        return PlatformNode.with(List.of("order-workflow.node.id=" + id), database, Listening.class);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    private static void tell(Object command) {
        asked.get(CommandGateway.class)
                .sendAndWait(GenericCommandMessage.asCommandMessage(command)
                        .withMetaData(Map.of(Correlation.USER_ID, "ada", Correlation.CORRELATION_ID, "request-1")));
    }

    private static void refused(Object command, Refusal.Code code, String message) {
        assertThatExceptionOfType(CommandRefusedException.class)
                .isThrownBy(() -> tell(command))
                .satisfies(refused -> assertThat(refused.getDetails()).contains(new Refusal(code, message)));
    }

    private static void publish(String... texts) {
        asked.get(EventGateway.class)
                .publish(List.of(texts).stream().map(Told::new).toList());
    }

    private static String[] texts(String name, int number) {
        return IntStream.range(0, number).mapToObj(n -> name + " " + n).toArray(String[]::new);
    }

    private static List<String> heard() {
        return asked.jdbc().sql("select text from heard").query(String.class).list();
    }

    private static List<String> actions() {
        return asked.jdbc()
                .sql("select action || ' ' || user_id || ' ' || correlation_id from processor_action order by position")
                .query(String.class)
                .list();
    }

    private static ProcessorView view() {
        return view(NAME).orElseThrow();
    }

    private static Optional<ProcessorView> view(String name) {
        PlatformNode from = asked == null ? running : asked;
        return from
                .get(QueryGateway.class)
                .query(new FindProcessors(name), ResponseTypes.instanceOf(Processors.class))
                .join()
                .items()
                .stream()
                .findFirst();
    }

    private static long backlog(String... processors) {
        return asked.get(QueryGateway.class)
                .query(new FindBacklog(List.of(processors)), ResponseTypes.instanceOf(EventBacklog.class))
                .join()
                .events();
    }

    private static List<ProcessorView.Segment> segments() {
        return view().segments();
    }

    /** Somebody told something. */
    record Told(String text) {}

    /** Writes down what it hears, in the transaction of its batch. */
    @ProcessingGroup(NAME)
    @DisallowReplay
    static class Listening {

        private final JdbcTemplate jdbc;
        private final AtomicBoolean deaf = new AtomicBoolean();

        Listening(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @EventHandler
        void on(Told event) {
            if (deaf.get()) {
                throw new IllegalStateException("deaf");
            }
            jdbc.update("insert into heard (text) values (?)", event.text());
        }
    }
}
