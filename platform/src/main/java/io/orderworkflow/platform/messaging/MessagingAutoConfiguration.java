package io.orderworkflow.platform.messaging;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.TargetContextResolver;
import org.axonframework.axonserver.connector.query.AxonServerQueryBus;
import org.axonframework.axonserver.connector.query.QueryPriorityCalculator;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandBusSpanFactory;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.commandhandling.distributed.RoutingStrategy;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.queryhandling.LoggingQueryInvocationErrorHandler;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryBusSpanFactory;
import org.axonframework.queryhandling.QueryExecutionException;
import org.axonframework.queryhandling.QueryInvocationErrorHandler;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** How messages travel, with Axon Server and without. */
@AutoConfiguration(
        afterName = "org.axonframework.springboot.autoconfig.AxonServerAutoConfiguration",
        beforeName = {
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
            "org.axonframework.springboot.autoconfig.AxonServerBusAutoConfiguration"
        })
@EnableConfigurationProperties(CommandBusSettings.class)
final class MessagingAutoConfiguration {

    private static final String COMMAND_RETRIES = "commandRetries";

    @Bean
    @Primary
    Serializer serializer() {
        return new MessageSerializer();
    }

    @Bean
    Correlation correlation() {
        return new Correlation();
    }

    @Bean
    ConfigurerModule completeMetaData() {
        return configurer ->
                configurer.onInitialize(axon -> axon.onStart(Phase.LOCAL_MESSAGE_HANDLER_REGISTRATIONS, () -> {
                    // They stay for as long as the buses do.
                    var unusedOfCommands = axon.commandBus().registerDispatchInterceptor(new CompleteMetaData<>());
                    var unusedOfQueries = axon.queryBus().registerDispatchInterceptor(new CompleteMetaData<>());
                }));
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", matchIfMissing = true)
    ConfigurerModule refuseWhileDisconnected(
            AxonServerConnectionManager connections, AxonServerConfiguration settings) {
        return configurer ->
                configurer.onInitialize(axon -> axon.onStart(Phase.LOCAL_MESSAGE_HANDLER_REGISTRATIONS, () -> {
                    // It stays for as long as the bus does.
                    var unused = axon.commandBus()
                            .registerDispatchInterceptor(
                                    new RefuseWhileDisconnected(connections, settings.getContext()));
                }));
    }

    @Bean
    CommandTargetResolver commandTargets() {
        return new RememberedTargets();
    }

    @Bean
    @Qualifier("localSegment")
    GroupingCommandBus localCommandBus(
            TransactionManager transactionManager, Configuration axon, CommandBusSettings settings) {
        GroupingCommandBus bus = new GroupingCommandBus(
                transactionManager,
                axon.getComponent(RoutingStrategy.class, AnnotationRoutingStrategy::defaultStrategy),
                axon.getComponent(CommandBusSpanFactory.class),
                axon.messageMonitor(CommandBus.class, "commandBus"),
                settings);
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return bus;
    }

    /** Late, as the store is made with what the bus is a part of. */
    @Bean
    ConfigurerModule groupedStore(ObjectProvider<GroupingCommandBus> bus, ObjectProvider<GroupedStore> store) {
        return configurer -> configurer.onInitialize(axon -> axon.onStart(
                Phase.LOCAL_MESSAGE_HANDLER_REGISTRATIONS, () -> store.ifAvailable(bus.getObject()::handleFor)));
    }

    @Bean
    CommandGateway commandGateway(
            CommandBus commandBus, @Qualifier(COMMAND_RETRIES) ScheduledExecutorService commandRetries) {
        return DefaultCommandGateway.builder()
                .commandBus(commandBus)
                .retryScheduler(new UndeliveredRetryScheduler(commandRetries))
                .build();
    }

    /** For nobody else: as an ordinary candidate it would keep Spring Boot from making its own executors. */
    @Bean(name = COMMAND_RETRIES, destroyMethod = "shutdown", defaultCandidate = false)
    ScheduledExecutorService commandRetries() {
        return Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("command-retries"));
    }

    /**
     * Without the transaction that Axon opens around every query: read models are read outside of it, over
     * connections of their own, and each query would hold two.
     */
    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    @Qualifier("localSegment")
    SimpleQueryBus localQueryBus(Configuration axon) {
        return simpleQueryBus(axon);
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", matchIfMissing = true)
    AxonServerQueryBus distributedQueryBus(
            AxonServerConnectionManager connections,
            AxonServerConfiguration settings,
            Configuration axon,
            Serializer serializer,
            QueryPriorityCalculator priorities,
            TargetContextResolver<? super QueryMessage<?, ?>> contexts) {
        SimpleQueryBus local = simpleQueryBus(axon);
        AxonServerQueryBus.Builder builder = AxonServerQueryBus.builder()
                .axonServerConnectionManager(connections)
                .configuration(settings)
                .localSegment(local)
                .updateEmitter(local.queryUpdateEmitter())
                .messageSerializer(serializer)
                .genericSerializer(serializer)
                .priorityCalculator(priorities)
                .targetContextResolver(contexts)
                .spanFactory(axon.getComponent(QueryBusSpanFactory.class));
        if (settings.isShortcutQueriesToLocalHandlers()) {
            builder.enabledLocalSegmentShortCut();
        }
        return builder.build();
    }

    private static SimpleQueryBus simpleQueryBus(Configuration axon) {
        SimpleQueryBus bus = SimpleQueryBus.builder()
                .messageMonitor(axon.messageMonitor(QueryBus.class, "queryBus"))
                .transactionManager(NoTransactionManager.instance())
                .errorHandler(axon.getComponent(
                        QueryInvocationErrorHandler.class,
                        () -> LoggingQueryInvocationErrorHandler.builder().build()))
                .queryUpdateEmitter(axon.getComponent(QueryUpdateEmitter.class))
                .spanFactory(axon.getComponent(QueryBusSpanFactory.class))
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        bus.registerHandlerInterceptor((unitOfWork, handlers) -> answer(handlers));
        return bus;
    }

    /** Whoever asked may be another process, and should know whether to ask again. */
    private static @Nullable Object answer(InterceptorChain handlers) throws Exception {
        try {
            return handlers.proceed();
        } catch (Exception failure) {
            throw TransientFailures.unavailable(failure)
                    .<Exception>map(told -> new QueryExecutionException(failure.getMessage(), failure, told))
                    .orElse(failure);
        }
    }
}
