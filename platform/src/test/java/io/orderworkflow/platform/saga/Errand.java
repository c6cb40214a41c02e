package io.orderworkflow.platform.saga;

import io.orderworkflow.platform.counter.IncreaseCounter;
import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.saga.ErrandEvents.ErrandBegun;
import io.orderworkflow.platform.saga.ErrandEvents.ErrandEnded;
import io.orderworkflow.platform.saga.ErrandEvents.TaskSet;
import io.orderworkflow.platform.schedule.CommandSchedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;

/** A saga to test with: it has every task counted elsewhere, and schedules something. */
@ProcessingGroup(Errand.PROCESSING_GROUP)
public class Errand {

    static final String PROCESSING_GROUP = "errands";
    static final String ERRAND_ID = "errandId";

    private @Nullable String errandId;
    private List<String> done = new ArrayList<>();

    /** Creates an errand that has not begun; Axon needs this to be public. */
    public Errand() {}

    @StartSaga
    @SagaEventHandler(associationProperty = ERRAND_ID)
    void on(ErrandBegun event) {
        errandId = event.errandId();
    }

    @SagaEventHandler(associationProperty = ERRAND_ID)
    void on(TaskSet event, Trouble trouble, CommandBatch commands, CommandSchedule schedule) {
        done.add(event.task());
        commands.send(new IncreaseCounter("counter-" + errandId, event.task()));
        schedule.schedule(
                "errand/" + errandId + trouble.ending(event.task()),
                Instant.parse("2100-01-01T00:00:00Z"),
                new IncreaseCounter("counter-" + errandId, "late"));
        trouble.meet(event.task());
    }

    @SagaEventHandler(associationProperty = ERRAND_ID)
    void on(ErrandEnded event) {
        SagaLifecycle.end();
    }

    /** What goes wrong with tasks, until it is repaired. */
    static final class Trouble {

        /** With this its rows cannot be written: PostgreSQL has no such character. */
        static final String UNWRITABLE = "unwritable";

        private final ConcurrentHashMap<String, Consumer<String>> troubles = new ConcurrentHashMap<>();

        void with(String task, Consumer<String> trouble) {
            troubles.put(task, trouble);
        }

        void repair(String task) {
            troubles.remove(task);
        }

        void meet(String task) {
            troubles.getOrDefault(task, none -> {}).accept(task);
        }

        String ending(String task) {
            return task.equals(UNWRITABLE) && troubles.containsKey(task) ? "\0" : "";
        }
    }
}
