package io.orderworkflow.platform.processing;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.platform.PeriodicWork;
import io.orderworkflow.platform.processing.ProcessorSettings.Processor;
import io.orderworkflow.platform.projection.Generation;
import io.orderworkflow.platform.projection.ProjectionGroup;
import io.orderworkflow.platform.projection.RebuildSettings;
import io.orderworkflow.platform.store.NodeSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Makes every processing group a pooled streaming processor, and no failure be skipped: Axon's default logs it and
 * goes on.
 */
@AutoConfiguration(beforeName = "org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration")
@EnableConfigurationProperties({ProcessorSettings.class, RebuildSettings.class})
final class ProcessingAutoConfiguration {

    /** To start and stop in: Axon's default of five seconds would cut off a batch that waits for its commands. */
    private static final int SECONDS_PER_PHASE = 30;

    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    @Bean
    ConfigurerModule processing(
            ProcessorSettings settings,
            RebuildSettings rebuild,
            ObjectProvider<ProjectionGroup> groups,
            ObjectProvider<ProcessorPauses> pauses,
            Clock clock) {
        return configurer -> configurer
                .configureLifecyclePhaseTimeout(SECONDS_PER_PHASE, TimeUnit.SECONDS)
                .eventProcessing(processing -> processing
                        .registerDefaultListenerInvocationErrorHandler(axon -> PropagatingErrorHandler.instance())
                        .registerEventProcessorFactory((name, axon, invoker) -> {
                            boolean next = groups.stream().anyMatch(group -> isOf(group.next(), name));
                            boolean live = groups.stream().anyMatch(group -> isOf(group.live(), name));
                            PooledStreamingEventProcessor.Builder builder = builder(
                                    name,
                                    axon,
                                    invoker,
                                    next ? new Processor(1, 1, rebuild.batchSize()) : settings.of(name),
                                    settings.tokenClaimInterval().toMillis());
                            Predicate<String> isPaused =
                                    processor -> pauses.getObject().has(processor);
                            return next || live
                                    ? new ProjectionProcessor(builder, isPaused, live, clock)
                                    : new PausableProcessor(builder, isPaused);
                        }));
    }

    private static boolean isOf(Generation generation, String processor) {
        return generation.processor().equals(processor);
    }

    private static PooledStreamingEventProcessor.Builder builder(
            String name,
            Configuration axon,
            EventHandlerInvoker invoker,
            Processor settings,
            long claimIntervalMillis) {
        EventProcessingConfiguration processing = axon.eventProcessingConfiguration();
        return PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(invoker)
                .errorHandler(PropagatingErrorHandler.instance())
                .rollbackConfiguration(processing.rollbackConfiguration(name))
                .messageMonitor(processing.messageMonitor(PooledStreamingEventProcessor.class, name))
                .messageSource(axon.eventStore())
                .tokenStore(processing.tokenStore(name))
                .transactionManager(processing.transactionManager(name))
                .spanFactory(axon.getComponent(EventProcessorSpanFactory.class))
                .coordinatorExecutor(executor(axon, 1, "coordinator-" + name))
                .workerExecutor(executor(axon, settings.threads(), "worker-" + name))
                .initialSegmentCount(settings.segments())
                .batchSize(settings.batchSize())
                .tokenClaimInterval(claimIntervalMillis)
                // At the very first event, without asking where that is: the store may be away. And never marked as a
                // replay: that mark would hide events from whoever acts on them.
                .initialToken(source -> null)
                .enableCoordinatorClaimExtension();
    }

    @Bean
    ProcessorPauses processorPauses(JdbcTemplate jdbc) {
        return new ProcessorPauses(jdbc);
    }

    @Bean
    NodeReports nodeReports(JdbcTemplate jdbc) {
        return new NodeReports(jdbc);
    }

    @Bean
    ProcessorPositions processorPositions(JdbcTemplate jdbc, EventStore events, Serializer serializer) {
        return new ProcessorPositions(jdbc, events, serializer);
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    Backlog storedBacklog(JdbcTemplate jdbc) {
        return new StoredBacklog(jdbc);
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", matchIfMissing = true)
    Backlog streamedBacklog(EventStore events) {
        return new StreamedBacklog(events);
    }

    @Bean
    ProcessorStatus processorStatus(
            ProcessorPositions positions, Backlog backlog, ProcessorPauses pauses, NodeReports reports, Clock clock) {
        return new ProcessorStatus(positions, backlog, pauses, reports, clock);
    }

    @Bean
    ProcessorAdministration processorAdministration(
            ProcessorStatus status,
            ProcessorPositions positions,
            ProcessorPauses pauses,
            JdbcTemplate jdbc,
            Serializer serializer,
            Clock clock) {
        return new ProcessorAdministration(
                status,
                new WorkAhead(jdbc, positions, clock),
                pauses,
                new SegmentLayout(jdbc, serializer),
                jdbc,
                clock);
    }

    @Bean
    PeriodicWork processorControl(
            ObjectProvider<EventProcessingConfiguration> processing,
            ProcessorPauses pauses,
            NodeReports reports,
            SegmentBalance balance,
            ProcessorStatus status,
            ProcessorSettings settings,
            NodeSettings node,
            Clock clock,
            MeterRegistry registry) {
        ProcessorControl control = new ProcessorControl(
                processing::getObject, pauses, reports, balance, status, settings, node, clock, registry);
        return PeriodicWork.of("processor-control", ProcessorControl.INTERVAL, control::look)
                .atOnce()
                .endingWithin(LAST_LOOK)
                .andFinally(control::leave);
    }

    @Bean
    SegmentBalance segmentBalance(JdbcTemplate jdbc, NodeSettings node, ProcessorSettings settings, Clock clock) {
        return new SegmentBalance(jdbc, node, settings, clock);
    }

    private static ScheduledExecutorService executor(Configuration axon, int threads, String name) {
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(threads, new AxonThreadFactory(name));
        axon.onShutdown(executor::shutdown);
        return executor;
    }
}
