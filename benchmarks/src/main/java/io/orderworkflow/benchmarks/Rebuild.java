package io.orderworkflow.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Has the orders' projection rebuilt from all events, in a program in which nobody else handles them. */
final class Rebuild {

    private static final String PROCESSOR = "/api/admin/processors/order-view";

    private final WorkflowApi api;

    Rebuild(WorkflowApi api) {
        this.api = api;
    }

    /** Has nobody show the events that are to come. */
    void pause() {
        forBoth("pause");
        await(processor -> !processor.path("running").asBoolean());
    }

    void resume() {
        forBoth("resume");
        await(processor -> processor.path("running").asBoolean());
    }

    private void forBoth(String action) {
        for (String processor : List.of("order-view", "inventory-view")) {
            api.postOnce("/api/admin/processors/" + processor + "/" + action, Set.of());
        }
    }

    /** Rebuilds it, up to that event, and switches; the seconds until it was filled. */
    double run(long events) {
        long begun = System.nanoTime();
        api.postOnce(PROCESSOR + "/replay", Set.of())
                .orElseThrow(() -> new IllegalStateException("the rebuild was not begun"))
                .expecting(202);
        await(processor -> processor.path("replay").path("position").asLong(-1) >= events);
        double filled = (System.nanoTime() - begun) / 1e9;
        await(processor ->
                "SWITCHED".equals(processor.path("replay").path("state").asString("")));
        return filled;
    }

    /** Forgets the tables of before. */
    void end() {
        api.deleteOnce(PROCESSOR + "/replay");
    }

    private void await(Predicate<JsonNode> condition) {
        while (!condition.test(api.get(PROCESSOR).expecting(200).body())) {
            Pause.of(Duration.ofMillis(50));
        }
    }
}
