package io.orderworkflow.platform.messaging;

import static org.axonframework.commandhandling.GenericCommandResultMessage.asCommandResultMessage;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.cart.CartCommand;
import io.orderworkflow.api.inventory.ProductCommand;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.order.OrderCommand;
import io.orderworkflow.api.payment.PaymentCommand;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandBusSpanFactory;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.axonframework.commandhandling.distributed.RoutingStrategy;
import org.axonframework.common.Registration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.monitoring.MessageMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local command bus: handles commands asynchronously, and many of them in one transaction.
 *
 * <p>Commands are split by the aggregate that they target over a few lanes, each with one thread, so that commands to
 * one aggregate are handled one after the other in the order in which they came. A lane takes whatever is waiting, up
 * to a limit, handles it in one unit of work and commits once. If anything in such a group fails, nothing of it is
 * kept, and each of its commands is handled anew in a transaction of its own: a refused command never takes others
 * with it. A conflict with another writer is tried again a few times before it is reported. What may have been
 * committed is never handled again: not every command bears it, and whoever sent it knows whether it does.
 *
 * <p>Whoever dispatches never shares a transaction with the handlers: delivery is at least once, as through Axon Server.
 */
public final class GroupingCommandBus extends SimpleCommandBus implements Lifecycle {

    private static final Logger log = LoggerFactory.getLogger(GroupingCommandBus.class);

    private static final int ATTEMPTS = 5;

    private final TransactionManager transactions;
    private final RoutingStrategy routing;
    private final CommandBusSpanFactory spans;
    private final CommandBusSettings settings;
    private final List<MessageHandlerInterceptor<? super CommandMessage<?>>> interceptors =
            new CopyOnWriteArrayList<>();
    private final List<Lane> lanes;
    private volatile GroupedStore store = GroupedStore.NONE;

    GroupingCommandBus(
            TransactionManager transactions,
            RoutingStrategy routing,
            CommandBusSpanFactory spans,
            MessageMonitor<? super CommandMessage<?>> monitor,
            CommandBusSettings settings) {
        super(SimpleCommandBus.builder()
                .transactionManager(transactions)
                .spanFactory(spans)
                .messageMonitor(monitor));
        this.transactions = transactions;
        this.routing = routing;
        this.spans = spans;
        this.settings = settings;
        this.lanes = IntStream.range(0, settings.lanes()).mapToObj(Lane::new).toList();
    }

    /** Lets a store work for whole groups. To be called before anything is dispatched. */
    void handleFor(GroupedStore groupedStore) {
        store = groupedStore;
    }

    @Override
    public void registerLifecycleHandlers(LifecycleRegistry lifecycle) {
        // Started before anything can dispatch, ended after everything that dispatches has ended.
        lifecycle.onStart(Phase.LOCAL_MESSAGE_HANDLER_REGISTRATIONS, () -> lanes.forEach(Lane::start));
        lifecycle.onShutdown(Phase.LOCAL_MESSAGE_HANDLER_REGISTRATIONS, this::stop);
    }

    /** Lets the lanes finish what is waiting, then ends their threads. */
    void stop() {
        lanes.forEach(Lane::stop);
        lanes.forEach(Lane::awaitEnd);
    }

    @Override
    public Registration registerHandlerInterceptor(
            MessageHandlerInterceptor<? super CommandMessage<?>> handlerInterceptor) {
        interceptors.add(handlerInterceptor);
        return () -> interceptors.remove(handlerInterceptor);
    }

    @Override
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        String routingKey = routing.getRoutingKey(command);
        Lane lane = lanes.get(Math.floorMod(spread(routingKey.hashCode()), lanes.size()));
        Waiting<C, R> waiting = new Waiting<>(command, routingKey, handler, callback);
        if (!lane.take(waiting)) {
            waiting.turnAway();
        }
    }

    /** Mixes the bits: identifiers that differ in their last characters only would crowd few lanes. */
    private static int spread(int hash) {
        return (hash * 0x9E3779B9) >>> 8;
    }

    private void handleGroup(List<Waiting<?, ?>> group) {
        int evicted = 0;
        if (group.size() > 1) {
            List<ResultMessage<?>> results = new ArrayList<>(group.size());
            try {
                handleTogether(group, results);
                for (int i = 0; i < group.size(); i++) {
                    group.get(i).report(results.get(i));
                }
                return;
            } catch (TransactionFailedException e) {
                group.forEach(command -> command.fail(e.reported()));
                return;
            } catch (Exception e) {
                log.debug("a group of {} commands is handled one by one", group.size(), e);
                // Those that had been handled, and the one that failed.
                evicted = results.size() + 1;
            }
        }
        handleOneByOne(group, evicted);
    }

    private void handleOneByOne(List<Waiting<?, ?>> commands, int evicted) {
        for (int i = 0; i < commands.size(); i++) {
            try {
                handleSingly(commands.get(i), i < evicted);
            } catch (TransactionFailedException e) {
                // Where none can be begun, the others would wait for theirs in vain, each for seconds.
                int failed = e.isBegun() ? i + 1 : commands.size();
                commands.subList(i, failed).forEach(command -> command.fail(e.reported()));
                i = failed - 1;
            }
        }
    }

    /**
     * Handles a command in a unit of work of its own.
     *
     * @param fresh whether its aggregate is certainly not in a cache, so that a failure is final. Where it may be, it
     *     may have been overtaken by another node: the failed unit of work has evicted it, and the command is handled
     *     once more.
     */
    private void handleSingly(Waiting<?, ?> command, boolean fresh) throws TransactionFailedException {
        for (int attempt = 1; ; attempt++) {
            List<ResultMessage<?>> results = new ArrayList<>(1);
            try {
                handleTogether(List.of(command), results);
                command.report(results.get(0));
                return;
            } catch (TransactionFailedException e) {
                throw e;
            } catch (Exception e) {
                boolean again = isConflict(e) ? attempt < ATTEMPTS : attempt == 1 && !fresh;
                if (!again) {
                    command.fail(asRefusal(e, command.command.getPayload()));
                    return;
                }
            }
        }
    }

    private static boolean isConflict(Exception failure) {
        // The latter is what the event store makes of a conflict over the first event of an aggregate.
        return failure instanceof ConcurrencyException || failure instanceof AggregateStreamCreationException;
    }

    private static Exception asRefusal(Exception failure, Object command) {
        return failure instanceof AggregateNotFoundException unknown
                ? new CommandRefusedException(
                        Refusal.Code.UNKNOWN, "There is no " + inWords(command, unknown.getAggregateIdentifier()) + ".")
                : failure;
    }

    /** What a command is for, as those who sent it know it: the aggregates' own identifiers are none of their business. */
    private static Object inWords(Object command, Object aggregateId) {
        if (command instanceof OrderCommand order) {
            return "order " + order.orderId();
        }
        if (command instanceof CartCommand cart) {
            return "cart " + cart.cartId();
        }
        if (command instanceof PaymentCommand payment) {
            return "payment " + payment.paymentId();
        }
        if (command instanceof ProductCommand product) {
            return "product " + product.sku();
        }
        if (command instanceof StockCommand stock) {
            return "product " + stock.sku();
        }
        return aggregateId;
    }

    /** Handles all commands in one unit of work, or throws what the first failed with and keeps nothing. */
    private void handleTogether(List<Waiting<?, ?>> group, List<ResultMessage<?>> results) throws Exception {
        // An interrupt that was meant for a command before these must not fail them.
        if (Thread.interrupted()) {
            log.warn("an interrupt came too late in {}", Thread.currentThread().getName());
        }
        List<CommandMessage<?>> commands = new ArrayList<>(group.size());
        Set<String> aggregates = new HashSet<>();
        group.forEach(waiting -> {
            commands.add(waiting.command);
            aggregates.add(waiting.aggregate);
        });
        GroupUnitOfWork unitOfWork = new GroupUnitOfWork(commands, store);
        try {
            unitOfWork.begin(transactions);
        } catch (RuntimeException e) {
            throw TransactionFailedException.notBegun(e);
        }
        try {
            handle(group, aggregates, unitOfWork, results);
        } finally {
            store.end();
        }
    }

    private void handle(
            List<Waiting<?, ?>> group,
            Set<String> aggregates,
            GroupUnitOfWork unitOfWork,
            List<ResultMessage<?>> results)
            throws Exception {
        ResultMessage<?> outcome = unitOfWork.executeWithResult(
                () -> {
                    if (results.isEmpty()) {
                        store.begin(aggregates);
                    }
                    Waiting<?, ?> next = group.get(results.size());
                    Object returned = spans.createHandleCommandSpan(next.command, false)
                            .runCallable(() -> new DefaultInterceptorChain<CommandMessage<?>>(
                                            unitOfWork, interceptors, next.handler)
                                    .proceed());
                    ResultMessage<?> result = asCommandResultMessage(returned);
                    results.add(result);
                    return result;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        if (outcome.isExceptional()) {
            Exception failure = asException(outcome.exceptionResult());
            throw unitOfWork.isMaybeCommitted() ? TransactionFailedException.maybeCommitted(failure) : failure;
        }
    }

    private static Exception asException(Throwable thrown) {
        return thrown instanceof Exception exception ? exception : new IllegalStateException(thrown);
    }

    /** The database failed, rather than a command: handling the commands again would be of no use, or wrong. */
    private static final class TransactionFailedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean begun;
        private final Exception reported;

        private TransactionFailedException(boolean begun, Exception reported) {
            super(reported);
            this.begun = begun;
            this.reported = reported;
        }

        static TransactionFailedException notBegun(RuntimeException failure) {
            return new TransactionFailedException(
                    false, new CommandDispatchException("no transaction could be begun", failure));
        }

        static TransactionFailedException maybeCommitted(Exception failure) {
            return new TransactionFailedException(true, failure);
        }

        boolean isBegun() {
            return begun;
        }

        Exception reported() {
            return reported;
        }
    }

    /** A command that waits for its turn. */
    private record Waiting<C, R>(
            CommandMessage<C> command,
            String aggregate,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {

        /** For now: whoever sent it may send it again soon. */
        void turnAway() {
            fail(new CommandDispatchException("no more commands are taken at the moment"));
        }

        void fail(Throwable failure) {
            report(asCommandResultMessage(TransientFailures.unavailable(failure)
                    .<Throwable>map(told -> new CommandExecutionException(failure.getMessage(), failure, told))
                    .orElse(failure)));
        }

        @SuppressWarnings("unchecked") // The handler's result is of the type that the caller expects, or of none.
        void report(ResultMessage<?> result) {
            try {
                callback.onResult(command, (CommandResultMessage<? extends R>) result);
            } catch (RuntimeException e) {
                log.error("the callback of a {} failed", command.getCommandName(), e);
            }
        }
    }

    /** One thread that handles what is waiting for it. */
    private final class Lane implements Runnable {

        private final BlockingQueue<Waiting<?, ?>> waiting = new ArrayBlockingQueue<>(settings.waitingPerLane());
        private final Thread thread;
        private volatile boolean stopping;
        private volatile boolean ended;

        Lane(int number) {
            thread = new Thread(this, "command-lane-" + number);
            thread.setDaemon(true);
        }

        void start() {
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
        }

        /** Takes a command, unless there are too many already, or nobody will come for it any more. */
        boolean take(Waiting<?, ?> command) {
            return waiting.offer(command) && !(ended && waiting.remove(command));
        }

        void stop() {
            stopping = true;
        }

        void awaitEnd() {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(settings.secondsToFinish()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            List<Waiting<?, ?>> group = new ArrayList<>(settings.groupSize());
            while (!stopping || !waiting.isEmpty()) {
                try {
                    Waiting<?, ?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
                    if (first != null) {
                        group.add(first);
                        waiting.drainTo(group, settings.groupSize() - 1);
                        handleGroup(group);
                    }
                } catch (InterruptedException e) {
                    // Something interrupted a handler too late; the lane itself ends only by stop().
                    log.warn("an interrupt reached {}", thread.getName());
                } catch (Throwable e) {
                    // Whatever it is, the commands of this lane must not stop being handled.
                    log.error("{} failed outside of any command", thread.getName(), e);
                } finally {
                    group.clear();
                }
            }
            ended = true;
            // What was put in after the last look, and not yet taken back by whoever put it in.
            waiting.drainTo(group);
            group.forEach(Waiting::turnAway);
        }
    }
}
