package io.orderworkflow.platform.replay;

import io.orderworkflow.api.eventstore.ReplayAggregate;
import io.orderworkflow.api.eventstore.ReplayedAggregate;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.Serializer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Lets every process replay the aggregates that it has: asked under the name of their type, so that it is the one. */
@AutoConfiguration(beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
final class ReplayAutoConfiguration {

    @Bean
    ConfigurerModule aggregateReplays() {
        return configurer -> configurer.onInitialize(
                axon -> axon.onStart(Phase.LOCAL_MESSAGE_HANDLER_REGISTRATIONS, () -> subscribe(axon)));
    }

    private static void subscribe(Configuration axon) {
        for (AggregateConfiguration<?> aggregates : axon.findModules(AggregateConfiguration.class)) {
            // For as long as the process runs.
            var unused = axon.queryBus()
                    .subscribe(
                            ReplayAggregate.queryName(aggregates.aggregateType().getSimpleName()),
                            ReplayedAggregate.class,
                            replayOf(aggregates, axon));
        }
    }

    private static <T> AggregateReplay<T> replayOf(AggregateConfiguration<T> aggregates, Configuration axon) {
        AggregateModel<T> model = AnnotatedAggregateMetaModelFactory.inspectAggregate(
                aggregates.aggregateType(),
                axon.getComponent(ParameterResolverFactory.class),
                axon.getComponent(HandlerDefinition.class));
        EventStore events = axon.eventStore();
        return new AggregateReplay<>(aggregates, model, events, axon.getComponent(Serializer.class));
    }
}
