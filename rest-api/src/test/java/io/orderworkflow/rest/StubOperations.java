package io.orderworkflow.rest;

import io.orderworkflow.api.Page;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.admin.DiscardParkedSteps;
import io.orderworkflow.api.admin.FindParkedStepActions;
import io.orderworkflow.api.admin.FindParkedSteps;
import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.api.admin.ParkedStepActions;
import io.orderworkflow.api.admin.ParkedStepPage;
import io.orderworkflow.api.admin.ParkedStepView;
import io.orderworkflow.api.admin.RetryParkedSteps;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Stands for the module that parks steps. */
final class StubOperations {

    static final String UNKNOWN = "00000000-0000-0000-0000-000000000404";

    private final List<ParkedStepView> steps = new CopyOnWriteArrayList<>();
    private final List<Object> received = new CopyOnWriteArrayList<>();
    private final List<MetaData> metaData = new CopyOnWriteArrayList<>();

    void reset() {
        steps.clear();
        received.clear();
        metaData.clear();
    }

    void show(ParkedStepView step) {
        steps.add(step);
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

    private int decided(Object command, @Nullable String orderId, MetaData from) {
        received.add(command);
        metaData.add(from);
        if (UNKNOWN.equals(orderId)) {
            throw new CommandRefusedException(Refusal.Code.UNKNOWN, "No step of the order " + orderId + " has failed.");
        }
        return 3;
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
}
