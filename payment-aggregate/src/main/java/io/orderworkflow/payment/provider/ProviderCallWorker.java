package io.orderworkflow.payment.provider;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.orderworkflow.payment.DaemonThreads;
import io.orderworkflow.payment.PaymentProperties;
import io.orderworkflow.payment.provider.ProviderCalls.Lease;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** All that one process needs to call a payment provider, put together; it begins and ends as one. */
final class ProviderCallWorker {

    private static final Logger log = LoggerFactory.getLogger(ProviderCallWorker.class);

    private static final int THREADS = 2;
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration JOURNAL_MOMENT = Duration.ofMillis(100);
    private static final Duration TIME_TO_FINISH = Duration.ofSeconds(1);

    private final ScheduledExecutorService scheduler =
            Executors.newScheduledThreadPool(THREADS, new DaemonThreads("payment-provider-schedule-"));
    private final ExecutorService executor =
            Executors.newFixedThreadPool(THREADS, new DaemonThreads("payment-provider-call-"));
    private final ProviderCallCounts counts = new ProviderCallCounts();
    private final CircuitBreaker circuit;
    private final PollTimer timer;
    private final ProviderCallJournal journal;
    private final ProviderCallRunner runner;
    private final ProviderCallPoller poller;
    private final ProviderCallIntake intake;

    ProviderCallWorker(
            PaymentProvider provider,
            CommandGateway commands,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactionManager,
            String node,
            PaymentProperties.Provider settings) {
        RunnerLimits limits = new RunnerLimits(
                settings.maxInFlight(),
                settings.callTimeout(),
                COMMAND_TIMEOUT,
                settings.circuit().openFor(),
                JOURNAL_MOMENT);
        // Not the node's name alone: started anew it may be the same, and is still not who left those calls behind.
        Lease lease = new Lease(node + "/" + UUID.randomUUID(), limits.lease());
        Clock clock = Clock.systemUTC();
        TransactionTemplate transactions = new TransactionTemplate(transactionManager);
        ProviderCalls calls = new ProviderCalls(jdbc);
        timer = new PollTimer(scheduler, settings.pollInterval().dividedBy(10));
        circuit = circuit(settings.circuit());
        journal = new ProviderCallJournal(calls, transactions, scheduler, lease.worker(), JOURNAL_MOMENT);
        runner = new ProviderCallRunner(
                new ProviderCaller(provider, circuit, counts, executor, clock, settings.callTimeout()),
                new AnswerRecorder(commands),
                journal,
                circuit,
                timer,
                new BackOff(
                        settings.initialBackOff(),
                        settings.maxBackOff(),
                        () -> ThreadLocalRandom.current().nextDouble()),
                executor,
                limits);
        poller = new ProviderCallPoller(
                calls,
                new LivingWorkers(jdbc),
                transactions,
                runner,
                circuit,
                timer,
                clock,
                lease,
                settings.pollInterval());
        intake = new ProviderCallIntake(calls, runner, circuit, timer, lease);
    }

    private static CircuitBreaker circuit(PaymentProperties.Circuit settings) {
        CircuitBreaker circuit = CircuitBreaker.of(
                "payment-provider",
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(settings.failureRate())
                        .slidingWindowSize(settings.latestCalls())
                        .minimumNumberOfCalls(settings.minimumCalls())
                        .waitDurationInOpenState(settings.openFor())
                        .build());
        circuit.getEventPublisher()
                .onStateTransition(event -> log.warn("payment provider: {}", event.getStateTransition()));
        return circuit;
    }

    /** Before the first event is handled. */
    void start() {
        poller.start();
    }

    /** After the last event was handled. What is under way may still end, for a moment; others see to the rest. */
    void stop() {
        timer.stop();
        runner.stop(TIME_TO_FINISH);
        executor.shutdown();
        scheduler.shutdown();
        journal.write();
        poller.stop();
    }

    /** Calls that are under way. */
    int inFlight() {
        return runner.inFlight();
    }

    ProviderCallIntake intake() {
        return intake;
    }

    ProviderCallMetrics metrics() {
        return new ProviderCallMetrics(counts, runner, poller, circuit);
    }

    PaymentProviderHealthIndicator health() {
        return new PaymentProviderHealthIndicator(circuit, poller);
    }
}
