package io.orderworkflow.saga;

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
import io.orderworkflow.platform.messaging.Correlation;
import io.orderworkflow.platform.saga.ParkedStep;
import io.orderworkflow.platform.saga.ParkedSteps;
import io.orderworkflow.platform.saga.ParkedSteps.Operator;
import io.orderworkflow.platform.saga.ParkedSteps.Selection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.queryhandling.QueryHandler;

/** Shows operators the steps of orders that failed, and does about them what they decide. */
final class ParkedStepAdministration {

    private final ParkedSteps steps;
    private final Clock clock;

    ParkedStepAdministration(ParkedSteps steps, Clock clock) {
        this.steps = steps;
        this.clock = clock;
    }

    @CommandHandler
    int handle(RetryParkedSteps command, CommandMessage<RetryParkedSteps> message) {
        Selection selection = new Selection(command.orderId(), command.cause());
        return found(steps.retry(selection, operator(message), clock.instant()), selection);
    }

    @CommandHandler
    int handle(DiscardParkedSteps command, CommandMessage<DiscardParkedSteps> message) {
        Selection selection = new Selection(command.orderId(), command.cause());
        return found(
                steps.discard(selection, command.all(), operator(message), command.reason(), clock.instant()),
                selection);
    }

    private static int found(int number, Selection selection) {
        if (number == 0) {
            throw new CommandRefusedException(
                    Refusal.Code.UNKNOWN,
                    selection.sequence() != null
                            ? "No step of the order " + selection.sequence() + " has failed."
                            : "No step has failed for the cause " + selection.cause() + ".");
        }
        return number;
    }

    private static Operator operator(CommandMessage<?> message) {
        return new Operator(
                String.valueOf(message.getMetaData().get(Correlation.USER_ID)),
                String.valueOf(message.getMetaData().get(Correlation.CORRELATION_ID)));
    }

    @QueryHandler
    ParkedStepPage handle(FindParkedSteps query) {
        Selection selection = new Selection(query.orderId(), query.cause());
        List<ParkedStep> found = steps.find(selection, query.state(), (long) query.page() * query.size(), query.size());
        Set<String> orders = found.stream().map(ParkedStep::sequence).collect(Collectors.toSet());
        Map<String, List<ParkedStepAction>> actions = steps.actions(orders);
        return new ParkedStepPage(
                found.stream()
                        .map(step -> view(step, actions.getOrDefault(step.sequence(), List.of())))
                        .toList(),
                Page.of(query.page(), query.size(), steps.count(selection, query.state())));
    }

    @QueryHandler
    ParkedStepActions handle(FindParkedStepActions query) {
        return new ParkedStepActions(steps.actions(List.of(query.orderId())).getOrDefault(query.orderId(), List.of()));
    }

    private static ParkedStepView view(ParkedStep step, List<ParkedStepAction> actions) {
        return new ParkedStepView(
                step.sequence(),
                step.saga(),
                step.event(),
                step.eventIdentifier(),
                step.state(),
                step.since(),
                step.failedAt(),
                step.attempts(),
                step.cause(),
                step.message(),
                step.nextTryAt(),
                step.waiting(),
                actions);
    }
}
