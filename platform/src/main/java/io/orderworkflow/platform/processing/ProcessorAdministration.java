package io.orderworkflow.platform.processing;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.admin.EventBacklog;
import io.orderworkflow.api.admin.FindBacklog;
import io.orderworkflow.api.admin.FindProcessors;
import io.orderworkflow.api.admin.MergeSegment;
import io.orderworkflow.api.admin.PauseProcessor;
import io.orderworkflow.api.admin.Processors;
import io.orderworkflow.api.admin.ResumeProcessor;
import io.orderworkflow.api.admin.SplitSegment;
import io.orderworkflow.platform.CommandRefusedException;
import java.sql.Timestamp;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Shows operators the processors of all nodes, and does about them what they decide. What is decided is written down in
 * the transaction of the command, for all nodes to see.
 */
final class ProcessorAdministration {

    private static final String RECORD = """
            insert into processor_action (processor_name, action, segment, at, user_id, correlation_id)
            values (?, ?, ?, ?, ?, ?)
            """;

    private final ProcessorStatus status;
    private final WorkAhead ahead;
    private final ProcessorPauses pauses;
    private final SegmentLayout layout;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    ProcessorAdministration(
            ProcessorStatus status,
            WorkAhead ahead,
            ProcessorPauses pauses,
            SegmentLayout layout,
            JdbcTemplate jdbc,
            Clock clock) {
        this.status = status;
        this.ahead = ahead;
        this.pauses = pauses;
        this.layout = layout;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @QueryHandler
    Processors handle(FindProcessors query) {
        return new Processors(query.processor() == null ? status.all() : status.of(query.processor()));
    }

    @QueryHandler
    EventBacklog handle(FindBacklog query) {
        return new EventBacklog(ahead.of(query.processors()));
    }

    @CommandHandler
    void handle(PauseProcessor command, MetaData from) {
        requireKnown(command.processor());
        pauses.pause(command.processor(), Operator.of(from), clock.instant());
        record(command.processor(), "PAUSE", null, from);
    }

    @CommandHandler
    void handle(ResumeProcessor command, MetaData from) {
        requireKnown(command.processor());
        pauses.resume(command.processor());
        record(command.processor(), "RESUME", null, from);
    }

    @CommandHandler
    void handle(SplitSegment command, MetaData from) {
        requireKnown(command.processor());
        int segment = layout.split(command.processor(), command.segment(), clock.instant());
        record(command.processor(), "SPLIT", segment, from);
    }

    @CommandHandler
    void handle(MergeSegment command, MetaData from) {
        requireKnown(command.processor());
        int segment = layout.merge(command.processor(), command.segment(), clock.instant());
        record(command.processor(), "MERGE", segment, from);
    }

    private void requireKnown(String processor) {
        if (!status.isKnown(processor)) {
            throw new CommandRefusedException(Refusal.Code.UNKNOWN, "There is no processor " + processor + ".");
        }
    }

    private void record(String processor, String action, @Nullable Integer segment, MetaData from) {
        Operator operator = Operator.of(from);
        jdbc.update(
                RECORD,
                processor,
                action,
                segment,
                Timestamp.from(clock.instant()),
                operator.userId(),
                operator.correlationId());
    }
}
