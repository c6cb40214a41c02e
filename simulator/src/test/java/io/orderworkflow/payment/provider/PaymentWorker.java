package io.orderworkflow.payment.provider;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.payment.provider.CallLane.LeasedCall;
import io.orderworkflow.payment.provider.ProviderCalls.Lease;
import io.orderworkflow.payment.provider.ProviderCalls.Taken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.annotation.AnnotatedHandlerInspector;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Those who call the payment provider, without threads: the intake, the runner, the caller, the recorder and the journal
 * are the program's own. The rows are kept in memory, and what the poller does is repeated here, for it looks at the real
 * time. Nothing waits for real time here: who simulates decides when an answer is too late.
 */
public final class PaymentWorker {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final RunnerLimits LIMITS =
            new RunnerLimits(256, NEVER, NEVER, Duration.ofSeconds(5), Duration.ZERO);
    private static final BackOff PRODUCT_BACK_OFF =
            new BackOff(Duration.ofMillis(200), Duration.ofSeconds(30), () -> 0);
    private static final int MANY = 1_000;

    /** Never opens: a provider that is away is away for each call here. */
    private static final CircuitBreaker CIRCUIT = CircuitBreaker.of(
            "simulated",
            CircuitBreakerConfig.custom()
                    .slidingWindow(1, 1_000_000_000, CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                    .build());

    private static final ScheduledExecutorService UNUSED = Executors.newSingleThreadScheduledExecutor();

    private static final List<MessageHandlingMember<? super ProviderCallIntake>> HANDLERS =
            AnnotatedHandlerInspector.<ProviderCallIntake>inspectType(
                            ProviderCallIntake.class,
                            ClasspathParameterResolverFactory.forClass(ProviderCallIntake.class))
                    .getHandlers(ProviderCallIntake.class)
                    .toList();

    private final Clock clock;
    private final RowsInMemory rows;
    private final PaymentProvider provider;
    private final CommandGateway commands;
    private final DoubleSupplier chance;
    private int incarnation;
    private Incarnation living;

    /**
     * Creates the worker.
     *
     * @param chance decides how much a back-off is shortened
     */
    public PaymentWorker(Clock clock, PaymentProvider provider, CommandGateway commands, DoubleSupplier chance) {
        this.clock = clock;
        this.rows = new RowsInMemory(clock);
        this.provider = provider;
        this.commands = commands;
        this.chance = chance;
        this.living = begin();
    }

    /** Forgets all that is not in the rows, and begins anew. */
    public void crash() {
        living.alive = false;
        incarnation++;
        living = begin();
    }

    private Incarnation begin() {
        String name = "worker-" + incarnation;
        rows.isAlive(name);
        return new Incarnation(name);
    }

    /** Whether the intake is interested in such an event. */
    public static boolean canHandle(EventMessage<?> event) {
        return HANDLERS.stream().anyMatch(handler -> handler.canHandle(event));
    }

    /** Has an event handled in the current unit of work. */
    public void handle(EventMessage<?> event) throws Exception {
        for (MessageHandlingMember<? super ProviderCallIntake> handler : HANDLERS) {
            if (handler.canHandle(event)) {
                handler.handle(event, living.intake);
                return;
            }
        }
    }

    /** Whether a look at the rows would find a call to make. */
    public boolean hasDue() {
        return rows.hasDue();
    }

    /** When the next call becomes due that is not due yet. */
    public @Nullable Instant nextDue() {
        return rows.nextDue();
    }

    /** Whether no call is left to be made, or being made. */
    public boolean isIdle() {
        return rows.isEmpty();
    }

    /** Whether there is a call that this worker would leave behind. */
    public boolean isBusy() {
        return rows.hasLeased();
    }

    /** Looks for calls that are due, as the poller does. */
    public void poll() {
        rows.removeSuperseded();
        living.take(false);
        living.take(true);
    }

    /** Writes what became of calls. */
    public void writeJournal() {
        living.journal.write();
    }

    /** All that is kept, in words. */
    public String rows() {
        return rows.toString();
    }

    /** What ends with a crash. */
    private final class Incarnation {

        private final Lease lease;
        private final ProviderCallJournal journal;
        private final ProviderCallRunner runner;
        private final ProviderCallIntake intake;
        private boolean alive = true;

        Incarnation(String name) {
            lease = new Lease(name, LIMITS.lease());
            PollTimer timer = new PollTimer(UNUSED, Duration.ZERO);
            timer.stop();
            Executor inline = task -> {
                if (alive) {
                    task.run();
                }
            };
            // It writes when it is told to, not when the real time has come.
            journal = new ProviderCallJournal(
                    rows, TransactionOperations.withoutTransaction(), task -> {}, name, Duration.ZERO);
            runner = new ProviderCallRunner(
                    new ProviderCaller(provider, CIRCUIT, new ProviderCallCounts(), inline, clock, NEVER),
                    new AnswerRecorder(commands),
                    journal,
                    CIRCUIT,
                    timer,
                    new BackOff(PRODUCT_BACK_OFF.initial(), PRODUCT_BACK_OFF.limit(), chance),
                    inline,
                    LIMITS);
            intake = new ProviderCallIntake(rows, runner, CIRCUIT, timer, lease);
        }

        void take(boolean triedBefore) {
            CallLane lane = runner.lane(triedBefore);
            int room = lane.reserve(MANY);
            long leaseEnds = System.nanoTime() + lease.duration().toNanos();
            List<LeasedCall> taken = rows.take(triedBefore, room, lease).stream()
                    .map(one -> new LeasedCall(callOf(one), leaseEnds))
                    .toList();
            lane.release(room - taken.size());
            if (!taken.isEmpty()) {
                runner.run(lane, taken);
            }
        }

        private ProviderCall callOf(Taken one) {
            ProviderCall call = one.call();
            return one.leftBehind()
                    ? call.attempted(new ProviderAttempt(
                            call.action(), clock.instant(), Outcome.NO_ANSWER, "left behind by a dead worker"))
                    : call;
        }
    }
}
