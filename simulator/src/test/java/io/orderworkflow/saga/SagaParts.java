package io.orderworkflow.saga;

import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.schedule.CommandSchedule;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** What the sagas work with, set up as in the program. */
public final class SagaParts {

    private static final OrderSagaSettings SETTINGS =
            Binder.get(new MockEnvironment()).bindOrCreate("order-workflow.saga", OrderSagaSettings.class);

    private SagaParts() {}

    /** How long a batch waits for its commands. */
    public static Duration commandTimeout() {
        return SETTINGS.commandTimeout();
    }

    /** What the handlers of the sagas ask for as parameters. */
    public static List<Object> resources(CommandGateway gateway, CommandSchedule schedule, Clock clock) {
        return List.of(new OrderSteps(new CommandBatch(gateway, commandTimeout(), clock), schedule, SETTINGS, clock));
    }
}
