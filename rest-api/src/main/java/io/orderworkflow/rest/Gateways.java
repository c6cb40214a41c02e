package io.orderworkflow.rest;

import io.orderworkflow.api.FindReadModelProgress;
import io.orderworkflow.api.FindStoreHead;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelProgress;
import io.orderworkflow.api.ReadModelQuery;
import io.orderworkflow.api.StoreHead;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends commands and asks queries on behalf of a request. Everything is handed over on threads of its own and answered
 * within a time limit, so that a part of the system that hangs holds up neither the server's threads nor the client.
 */
final class Gateways implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gateways.class);

    /** States are complete: of those that were not looked at yet, only the last few matter. */
    private static final int UPDATE_BUFFER = 16;

    /** How long a command that has taken effect is held up at most for its token. */
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(1);

    private static final String OWN_CORRELATION_ID = "rest-api";

    private final CommandGateway commands;
    private final QueryGateway queries;
    private final RestProperties properties;
    private final ThreadPoolTaskExecutor dispatch;
    private final SharedRead<StoreHead> head = new SharedRead<>(this::readHead);

    Gateways(CommandGateway commands, QueryGateway queries, RestProperties properties) {
        this.commands = commands;
        this.queries = queries;
        this.properties = properties;
        this.dispatch = dispatcher(properties);
    }

    private static ThreadPoolTaskExecutor dispatcher(RestProperties properties) {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix("rest-dispatch-");
        executor.setCorePoolSize(properties.dispatchThreads());
        executor.setMaxPoolSize(properties.dispatchThreads());
        executor.setQueueCapacity(properties.dispatchBacklog());
        executor.setAllowCoreThreadTimeOut(true);
        executor.initialize();
        return executor;
    }

    @Override
    public void close() {
        dispatch.shutdown();
    }

    /** Sends a command. Fails with a refusal, or with a failure whose outcome is unknown. */
    <R> CompletableFuture<R> send(Object command, Origin origin) {
        return this.<R>within(
                        properties.commandTimeout(),
                        origin,
                        () -> commands.send(
                                GenericCommandMessage.asCommandMessage(command).andMetaData(origin.metaData())))
                .thenCompose(result -> head.get().handle((read, failure) -> {
                    // The command has taken effect: not to know where is no reason to say that it failed.
                    if (failure == null) {
                        origin.consistency().wrote(read.position());
                    }
                    return result;
                }));
    }

    private CompletableFuture<StoreHead> readHead() {
        Origin nobody = Origin.anonymous(OWN_CORRELATION_ID);
        return within(
                HEAD_TIMEOUT,
                nobody,
                () -> queries.query(
                        FindStoreHead.class.getName(),
                        messageOf(new FindStoreHead(), nobody),
                        ResponseTypes.instanceOf(StoreHead.class)));
    }

    /** Asks a query that always has an answer. */
    <A> CompletableFuture<A> ask(Object query, Class<A> type, Origin origin) {
        return query(query, ResponseTypes.instanceOf(type), origin);
    }

    /** Asks a query that has an answer only if the thing exists. */
    <A> CompletableFuture<Optional<A>> find(Object query, Class<A> type, Origin origin) {
        return query(query, ResponseTypes.optionalInstanceOf(type), origin);
    }

    /** The same, of those who answer to a name of its own. */
    <A> CompletableFuture<Optional<A>> find(String name, Object query, Class<A> type, Origin origin) {
        return query(name, query, ResponseTypes.optionalInstanceOf(type), origin);
    }

    /**
     * The same of something that may have been written just now: what is not there is asked for once more when its read
     * model shows all that is stored by now, whichever process writes it, or when the time is over.
     */
    <A> CompletableFuture<Optional<A>> findWritten(ReadModelQuery query, Class<A> type, Duration limit, Origin origin) {
        return find(query, type, origin)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found)
                        : head.get()
                                .thenCompose(
                                        now -> reached(query.readModel(), now.position(), limit.toMillis(), origin))
                                .thenCompose(reached -> find(query, type, origin)));
    }

    /**
     * Sends a command and waits a while for the state that its effect is to be seen in. The view is followed from before
     * the command is sent, so that no state of it is missed, and no longer than it takes.
     */
    <R, A, S> CompletableFuture<Seen<R, S>> sendAndAwait(
            Object command, View<A, S> view, Predicate<S> expected, Duration limit, Origin origin) {
        SubscriptionQueryResult<A, S> followed = follow(view, origin);
        return this.<R>send(command, origin)
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        end(followed);
                    }
                })
                .thenCompose(result -> firstState(followed, view, expected, limit, origin)
                        // The command has taken effect: not to see it is no reason to say that it failed.
                        .onErrorResume(failure -> {
                            log.warn("could not follow {}: {}", view.query(), failure.toString());
                            return Mono.just(Optional.empty());
                        })
                        .map(state -> new Seen<>(result, state))
                        .toFuture());
    }

    /**
     * What came of a command.
     *
     * @param result the command's own result
     * @param state the state that was waited for, if it was seen in time
     */
    record Seen<R, S>(R result, Optional<S> state) {}

    private <A, S> SubscriptionQueryResult<A, S> follow(View<A, S> view, Origin origin) {
        try {
            return queries.subscriptionQuery(
                    view.query().getClass().getName(),
                    messageOf(view.query(), origin),
                    ResponseTypes.instanceOf(view.answerType()),
                    ResponseTypes.instanceOf(view.stateType()),
                    UPDATE_BUFFER);
        } catch (RuntimeException failure) {
            throw new NotDispatchedException(failure);
        }
    }

    private <A, S> Mono<Optional<S>> firstState(
            SubscriptionQueryResult<A, S> followed,
            View<A, S> view,
            Predicate<S> expected,
            Duration limit,
            Origin origin) {
        // Without Axon Server a query is answered by the thread that asks it.
        Scheduler asking = Schedulers.fromExecutor(task -> dispatch.execute(origin.around(task)));
        Flux<S> now = followed.initialResult().flatMapIterable(view.states()).subscribeOn(asking);
        // An update is lost with the process that was about to send it.
        Flux<S> again = Flux.interval(properties.lookAgain())
                .onBackpressureDrop()
                .concatMap(tick -> Mono.fromFuture(
                                () -> queryAtOnce(view.query(), ResponseTypes.instanceOf(view.answerType()), origin))
                        .flatMapIterable(view.states())
                        .onErrorComplete());
        // The updates first: whatever becomes of the query, they are subscribed to, hence ended with the first state.
        return Flux.merge(followed.updates(), now, again)
                .filter(expected)
                .next()
                .map(Optional::of)
                .timeout(limit, Mono.just(Optional.empty()))
                .defaultIfEmpty(Optional.empty());
    }

    /**
     * Ends a subscription whose updates nobody has looked at. Not by its own {@code cancel}: that closes it while an
     * update may be on its way to it, and Axon tells of that as an error.
     */
    private static void end(SubscriptionQueryResult<?, ?> followed) {
        followed.updates().subscribe(update -> {}, failure -> {}).dispose();
    }

    private <A> CompletableFuture<A> query(Object query, ResponseType<A> type, Origin origin) {
        return query instanceof ReadModelQuery reading && origin.consistency().isToBeAwaitedIn(reading.readModel())
                ? awaitWritten(reading.readModel(), origin).thenCompose(awaited -> queryAtOnce(query, type, origin))
                : queryAtOnce(query, type, origin);
    }

    /** Waits until the read model shows what the request has to see, or until its time is over. Never fails. */
    private CompletableFuture<Boolean> awaitWritten(ReadModel readModel, Origin origin) {
        Consistency consistency = origin.consistency();
        return reached(readModel, consistency.position(), consistency.patienceMillis(), origin)
                .thenApply(reached -> {
                    consistency.awaited(readModel, reached);
                    return reached;
                });
    }

    /** Whether the read model shows what is stored until that position, at most so much later. Never fails. */
    private CompletableFuture<Boolean> reached(ReadModel readModel, long position, long patienceMillis, Origin origin) {
        FindReadModelProgress query = new FindReadModelProgress(readModel, position, patienceMillis);
        return within(
                        Duration.ofMillis(patienceMillis).plus(HEAD_TIMEOUT),
                        origin,
                        () -> queries.query(
                                query.getClass().getName(),
                                messageOf(query, origin),
                                ResponseTypes.instanceOf(ReadModelProgress.class)))
                .handle((progress, failure) -> failure == null && progress.reached());
    }

    private <A> CompletableFuture<A> queryAtOnce(Object query, ResponseType<A> type, Origin origin) {
        return query(query.getClass().getName(), query, type, origin);
    }

    private <A> CompletableFuture<A> query(String name, Object query, ResponseType<A> type, Origin origin) {
        return within(properties.queryTimeout(), origin, () -> queries.query(name, messageOf(query, origin), type));
    }

    private static Message<?> messageOf(Object query, Origin origin) {
        return new GenericMessage<>(query, origin.metaData());
    }

    private <R> CompletableFuture<R> within(Duration limit, Origin origin, Supplier<CompletableFuture<R>> asked) {
        CompletableFuture<R> answer = new CompletableFuture<R>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            dispatch.execute(origin.around(() -> {
                // Whoever waited for too long before it was their turn was told so already.
                if (!answer.isDone()) {
                    try {
                        relay(asked.get(), answer);
                    } catch (RuntimeException failure) {
                        answer.completeExceptionally(new NotDispatchedException(failure));
                    }
                }
            }));
        } catch (RejectedExecutionException full) {
            answer.completeExceptionally(new NotDispatchedException(full));
        }
        return answer;
    }

    private static <R> void relay(CompletableFuture<R> given, CompletableFuture<R> answer) {
        CompletableFuture<R> unusedRelay = given.whenComplete((result, failure) -> {
            if (failure == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        CompletableFuture<R> unusedCancel = answer.whenComplete((result, failure) -> {
            if (failure instanceof TimeoutException) {
                given.cancel(true);
            }
        });
    }
}
