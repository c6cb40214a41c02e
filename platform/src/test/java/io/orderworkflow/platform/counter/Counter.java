package io.orderworkflow.platform.counter;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.CommandRefusedException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

@Aggregate(cache = "counterCache")
class Counter {

    @AggregateIdentifier
    private @Nullable String counterId;

    private long count;

    Counter() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(IncreaseCounter command, CountingRules rules) {
        apply(new CounterIncreased(command.counterId(), command.reason(), count + 1));
        // After the event, so that a test sees whether it is kept.
        rules.check(command);
    }

    @CommandHandler
    void handle(ResetCounter command) {
        if (count == 0) {
            throw new CommandRefusedException(Refusal.Code.STOCK_LIMIT_EXCEEDED, counterId + " is at 0 already");
        }
        apply(new CounterReset(command.counterId()));
    }

    @EventSourcingHandler
    void on(CounterIncreased event) {
        counterId = event.counterId();
        count = event.count();
    }

    @EventSourcingHandler
    void on(CounterReset event) {
        count = 0;
    }
}
