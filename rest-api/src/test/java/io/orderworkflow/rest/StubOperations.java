package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Page;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.admin.DeadLetterAction;
import io.orderworkflow.api.admin.DeadLetterActions;
import io.orderworkflow.api.admin.DeadLetterPage;
import io.orderworkflow.api.admin.DeadLetterView;
import io.orderworkflow.api.admin.DiscardDeadLetters;
import io.orderworkflow.api.admin.DiscardParkedSteps;
import io.orderworkflow.api.admin.EndRebuild;
import io.orderworkflow.api.admin.EventBacklog;
import io.orderworkflow.api.admin.FindBacklog;
import io.orderworkflow.api.admin.FindDeadLetterActions;
import io.orderworkflow.api.admin.FindDeadLetters;
import io.orderworkflow.api.admin.FindParkedStepActions;
import io.orderworkflow.api.admin.FindParkedSteps;
import io.orderworkflow.api.admin.FindProcessors;
import io.orderworkflow.api.admin.FindRebuild;
import io.orderworkflow.api.admin.MergeSegment;
import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.api.admin.ParkedStepActions;
import io.orderworkflow.api.admin.ParkedStepPage;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.api.admin.ParkedStepView;
import io.orderworkflow.api.admin.PauseProcessor;
import io.orderworkflow.api.admin.ProcessorView;
import io.orderworkflow.api.admin.Processors;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.ResumeProcessor;
import io.orderworkflow.api.admin.RetryDeadLetters;
import io.orderworkflow.api.admin.RetryParkedSteps;
import io.orderworkflow.api.admin.SplitSegment;
import io.orderworkflow.api.admin.StartRebuild;
import io.orderworkflow.api.admin.SwitchRebuild;
import io.orderworkflow.api.admin.SwitchRebuildBack;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Stands for the modules that park steps, and run processors. */
final class StubOperations {

    static final String UNKNOWN = "00000000-0000-0000-0000-000000000404";

    static final ProcessorView PROCESSOR = new ProcessorView(
            "order-view",
            ProcessorView.Mode.POOLED,
            true,
            null,
            List.of(new ProcessorView.Segment(0, 1, 41, 3, 0.25, false, false, "node-1", null, null)),
            List.of(new ProcessorView.Node("node-1", true, 2, Instant.parse("2026-11-21T10:15:30Z"))));

    static final DeadLetterView LETTER = new DeadLetterView(
            "order-view",
            "00000000-0000-0000-0000-000000000001",
            "StockReserved",
            "event-1",
            "StockItem",
            "stock:CUP-WHITE",
            7L,
            41L,
            ParkedStepState.RETRYING,
            Instant.parse("2026-11-21T10:15:30Z"),
            Instant.parse("2026-11-21T10:15:31Z"),
            2,
            "IllegalStateException",
            "a bug",
            Instant.parse("2026-11-21T10:15:33Z"),
            3,
            List.of(new DeadLetterAction(
                    "order-view",
                    ParkedStepAction.Kind.RETRY,
                    Instant.parse("2026-11-21T10:15:31Z"),
                    "ada",
                    "request-1",
                    "IllegalStateException",
                    "a bug",
                    List.of("StockReserved"),
                    null)));

    private final List<ParkedStepView> steps = new CopyOnWriteArrayList<>();
    private volatile @Nullable RebuildView rebuild;
    private volatile long backlog;
    private final AtomicInteger looks = new AtomicInteger();
    private final List<Object> received = new CopyOnWriteArrayList<>();
    private final List<MetaData> metaData = new CopyOnWriteArrayList<>();

    void reset() {
        steps.clear();
        rebuild = null;
        backlog = 0;
        received.clear();
        metaData.clear();
    }

    void show(ParkedStepView step) {
        steps.add(step);
    }

    void show(RebuildView shown) {
        rebuild = shown;
    }

    /** Has processors be so many events behind. */
    void showBacklog(long events) {
        backlog = events;
    }

    /** How often somebody has looked at the backlog. */
    int looks() {
        return looks.get();
    }

    List<Object> received() {
        return List.copyOf(received);
    }

    List<MetaData> metaData() {
        return List.copyOf(metaData);
    }

    @CommandHandler
    int handle(RetryParkedSteps command, MetaData from) {
        return decided(command, command.orderId(), from);
    }

    @CommandHandler
    int handle(DiscardParkedSteps command, MetaData from) {
        return decided(command, command.orderId(), from);
    }

    @CommandHandler
    int handle(RetryDeadLetters command, MetaData from) {
        return decided(command, command.sequence(), from);
    }

    @CommandHandler
    int handle(DiscardDeadLetters command, MetaData from) {
        return decided(command, command.sequence(), from);
    }

    @QueryHandler
    Optional<DeadLetterPage> handle(FindDeadLetters query) {
        received.add(query);
        return query.processor() == null || query.processor().equals(PROCESSOR.name())
                ? Optional.of(new DeadLetterPage(List.of(LETTER), Page.of(query.page(), query.size(), 1)))
                : Optional.empty();
    }

    @QueryHandler
    DeadLetterActions handle(FindDeadLetterActions query) {
        received.add(query);
        return new DeadLetterActions(LETTER.actions());
    }

    private int decided(Object command, @Nullable String orderId, MetaData from) {
        received.add(command);
        metaData.add(from);
        if (UNKNOWN.equals(orderId)) {
            throw new CommandRefusedException(Refusal.Code.UNKNOWN, "No step of the order " + orderId + " has failed.");
        }
        return 3;
    }

    @CommandHandler
    void handle(PauseProcessor command, MetaData from) {
        decidedAbout(command, command.processor(), from);
    }

    @CommandHandler
    void handle(ResumeProcessor command, MetaData from) {
        decidedAbout(command, command.processor(), from);
    }

    @CommandHandler
    void handle(SplitSegment command, MetaData from) {
        decidedAbout(command, command.processor(), from);
        if (Integer.valueOf(7).equals(command.segment())) {
            throw new CommandRefusedException(
                    Refusal.Code.UNKNOWN_SEGMENT, "segment must be one of [0]: order-view has no segment 7.");
        }
    }

    @CommandHandler
    void handle(MergeSegment command, MetaData from) {
        decidedAbout(command, command.processor(), from);
        if (command.segment() != null) {
            throw new CommandRefusedException(
                    Refusal.Code.SEGMENTS_NOT_CHANGEABLE, "Segment 0 is the only one of order-view.");
        }
    }

    private void decidedAbout(Object command, String processor, MetaData from) {
        received.add(command);
        metaData.add(from);
        if (!processor.equals(PROCESSOR.name())) {
            throw new CommandRefusedException(Refusal.Code.UNKNOWN, "There is no processor " + processor + ".");
        }
    }

    @QueryHandler
    EventBacklog handle(FindBacklog query) {
        assertThat(query.processors()).containsExactly("order-processing", "order-view");
        looks.incrementAndGet();
        return new EventBacklog(backlog);
    }

    @QueryHandler
    Processors handle(FindProcessors query) {
        return new Processors(Stream.of(PROCESSOR)
                .filter(shown -> query.processor() == null || query.processor().equals(shown.name()))
                .toList());
    }

    @QueryHandler
    ParkedStepPage handle(FindParkedSteps query) {
        received.add(query);
        return new ParkedStepPage(List.copyOf(steps), Page.of(query.page(), query.size(), steps.size()));
    }

    @QueryHandler
    ParkedStepActions handle(FindParkedStepActions query) {
        received.add(query);
        List<ParkedStepAction> actions = steps.stream()
                .filter(step -> step.orderId().equals(query.orderId()))
                .flatMap(step -> step.actions().stream())
                .toList();
        return new ParkedStepActions(actions);
    }

    @CommandHandler
    void handle(StartRebuild command) {
        rebuilding(command, command.processor());
    }

    @CommandHandler
    void handle(SwitchRebuild command) {
        rebuilding(command, command.processor());
    }

    @CommandHandler
    void handle(SwitchRebuildBack command) {
        rebuilding(command, command.processor());
    }

    @CommandHandler
    void handle(EndRebuild command) {
        rebuilding(command, command.processor());
    }

    private void rebuilding(Object command, String processor) {
        received.add(command);
        if (processor.equals("order-processing")) {
            throw new CommandRefusedException(Refusal.Code.REBUILD_REFUSED, "order-processing acts on events.");
        }
    }

    @QueryHandler
    @Nullable
    RebuildView handle(FindRebuild query) {
        received.add(query);
        return rebuild;
    }
}
