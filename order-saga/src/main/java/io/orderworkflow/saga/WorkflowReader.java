package io.orderworkflow.saga;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.order.FindWorkflowSteps;
import io.orderworkflow.api.order.FindWorkflows;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowPage;
import io.orderworkflow.api.order.WorkflowSteps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what orders and refunds wait for, and what was done on their way, for whoever asks. */
final class WorkflowReader {

    /**
     * An event whose order has no saga yet can be parked as well: then there is nothing but what is parked. One that
     * cannot be read tells of no order, and is parked under its aggregate: it is only among the parked steps.
     */
    private static final String WORKFLOWS = """
            from (
                select coalesce(saga.subject, parked.sequence)::uuid as order_id,
                    case when saga.saga_type = :refund then saga.association::uuid end as refund_id,
                    saga.step, saga.awaited,
                    coalesce(parked.since, saga.since) as since,
                    case when parked.sequence is null then saga.until else parked.next_try_at end as until,
                    coalesce(saga.attempts, 0) as attempts,
                    coalesce(saga.for_person, false) or coalesce(parked.state = 'PARKED', false) as for_person,
                    parked.sequence is not null as parked,
                    coalesce(parked.message, saga.reason) as reason,
                    parked.sequence is not null or saga.for_person or saga.attempts > :attempts or saga.until < :overdue
                        as stuck
                from (select * from saga_entry where saga_type in (:order, :refund)) saga
                full join (
                    select * from parked_step where saga in (:order, :refund) and sequence ~ '^[0-9a-f-]{36}$') parked
                    on parked.saga = saga.saga_type and parked.sequence = saga.subject
            ) workflow
            where (:id::uuid is null or order_id = :id) and (stuck or not :stuck)
            """;

    private static final String FIND =
            "select * " + WORKFLOWS + "order by since, order_id, refund_id limit :limit offset :offset";
    private static final String COUNT = "select count(*) " + WORKFLOWS;
    private static final String STEPS = "select * from saga_step where order_id = :id order by id";

    private static final TypeReference<Map<String, Object>> CHANGES = new TypeReference<>() {};
    private static final TypeReference<List<WorkflowSteps.Command>> COMMANDS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Far more than there are of one order. */
    private static final int ALL = 1000;

    private final NamedParameterJdbcTemplate jdbc;
    private final StuckSettings settings;
    private final Clock clock;

    WorkflowReader(NamedParameterJdbcTemplate jdbc, StuckSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    @QueryHandler
    WorkflowPage handle(FindWorkflows query) {
        Map<String, Object> parameters = parameters(query.orderId(), query.stuck());
        Long total = jdbc.queryForObject(COUNT, parameters, Long.class);
        parameters.put("limit", query.size());
        parameters.put("offset", (long) query.page() * query.size());
        List<Workflow> found = jdbc.query(FIND, parameters, (row, number) -> workflow(row));
        return new WorkflowPage(found, Page.of(query.page(), query.size(), Objects.requireNonNull(total)));
    }

    @QueryHandler
    WorkflowSteps handle(FindWorkflowSteps query) {
        List<WorkflowSteps.Step> steps =
                jdbc.query(STEPS, Map.of("id", query.orderId().value()), (row, number) -> step(row));
        WorkflowPage open = handle(new FindWorkflows(query.orderId(), false, 0, ALL));
        return new WorkflowSteps(query.orderId(), steps, open.items());
    }

    private Map<String, Object> parameters(@Nullable OrderId orderId, boolean stuck) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("order", OrderProcessingSaga.class.getSimpleName());
        parameters.put("refund", OrderRefundSaga.class.getSimpleName());
        parameters.put("attempts", settings.attempts());
        parameters.put("overdue", Timestamp.from(clock.instant().minus(settings.overdue())));
        parameters.put("id", orderId == null ? null : orderId.value());
        parameters.put("stuck", stuck);
        return parameters;
    }

    private static Workflow workflow(ResultSet row) throws SQLException {
        boolean parked = row.getBoolean("parked");
        String awaited = row.getString("awaited");
        return new Workflow(
                new OrderId(row.getObject("order_id", UUID.class)),
                refundId(row),
                row.getString("step"),
                parked ? "an event that could not be handled to be tried again" : String.valueOf(awaited),
                row.getTimestamp("since").toInstant(),
                instant(row, "until"),
                row.getInt("attempts"),
                row.getBoolean("for_person"),
                parked,
                row.getBoolean("stuck"),
                row.getString("reason"));
    }

    private static WorkflowSteps.Step step(ResultSet row) throws SQLException {
        String commands = row.getString("commands");
        List<WorkflowSteps.Command> sent = commands == null ? List.of() : JSON.readValue(commands, COMMANDS);
        Instant deadline = instant(row, "deadline");
        String failure = row.getString("failure");
        return new WorkflowSteps.Step(
                row.getTimestamp("at").toInstant(),
                refundId(row),
                row.getString("event"),
                row.getString("event_id"),
                row.getString("step"),
                StepWords.of(sent, row.getInt("attempts"), row.getString("awaited"), deadline, failure),
                JSON.readValue(row.getString("changes"), CHANGES),
                sent,
                deadline,
                row.getBoolean("deadline_cancelled"),
                failure,
                row.getLong("micros"),
                row.getString("correlation_id"),
                row.getString("trace_id"));
    }

    private static @Nullable RefundId refundId(ResultSet row) throws SQLException {
        UUID refundId = row.getObject("refund_id", UUID.class);
        return refundId == null ? null : new RefundId(refundId);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
