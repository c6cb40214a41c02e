package io.orderworkflow.benchmarks;

import io.orderworkflow.benchmarks.WorkflowApi.Answer;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * What the program tells of its own work at a moment.
 *
 * @param startedAt when its process started, in seconds: some counters begin anew with it
 * @param commits transactions that its database has committed
 * @param walBytes bytes in the write-ahead log of its database
 * @param cpuNanos processor time that its JVM has used
 * @param heapBytes memory on its heap, garbage included
 */
record ProgramMetrics(
        OptionalDouble startedAt,
        OptionalDouble commits,
        OptionalDouble walBytes,
        OptionalDouble cpuNanos,
        OptionalDouble heapBytes) {

    private static final String COMMITS = "order.workflow.database.commits";
    private static final String WAL_BYTES = "order.workflow.database.wal.bytes";

    static ProgramMetrics of(WorkflowApi api) {
        return new ProgramMetrics(
                value(api, "process.start.time"),
                commits(api),
                value(api, WAL_BYTES),
                value(api, "process.cpu.time"),
                value(api, "jvm.memory.used?tag=area:heap"));
    }

    static OptionalDouble commits(WorkflowApi api) {
        return value(api, COMMITS);
    }

    /** How much a counter has grown; nothing if it is missing, or began anew in between. */
    static OptionalDouble growth(OptionalDouble before, OptionalDouble after) {
        return before.isPresent() && after.isPresent() && after.getAsDouble() >= before.getAsDouble()
                ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The processor time between two moments; nothing if the process was another one by then. */
    static OptionalDouble cpuNanos(ProgramMetrics before, ProgramMetrics after) {
        return before.startedAt().equals(after.startedAt())
                ? growth(before.cpuNanos(), after.cpuNanos())
                : OptionalDouble.empty();
    }

    private static OptionalDouble value(WorkflowApi api, String metric) {
        Answer answer = api.get("/actuator/metrics/" + metric);
        JsonNode value = answer.body().path("measurements").path(0).path("value");
        return answer.status() == 200 && value.isNumber()
                ? OptionalDouble.of(value.asDouble())
                : OptionalDouble.empty();
    }
}
