package io.orderworkflow.rest;

import io.orderworkflow.platform.messaging.Correlation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
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
import org.slf4j.MDC;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sends commands and asks queries on behalf of a request. Everything is handed over on threads of its own and answered
 * within a time limit, so that a part of the system that hangs holds up neither the server's threads nor the client.
 */
final class Gateways implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gateways.class);

    /** Views are complete: of those that were not looked at yet, only the last few matter. */
    private static final int UPDATE_BUFFER = 16;

    private final CommandGateway commands;
    private final QueryGateway queries;
    private final ThreadPoolTaskExecutor dispatch;
    private final RestProperties properties;

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
        // Keeps what is asked within the trace of the request.
        executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
        executor.initialize();
        return executor;
    }

    @Override
    public void close() {
        dispatch.shutdown();
    }

    /** Sends a command. Fails with a refusal, or with a failure whose outcome is unknown. */
    <R> CompletableFuture<R> send(Object command, Origin origin) {
        return within(
                properties.commandTimeout(),
                origin,
                () -> commands.send(
                        GenericCommandMessage.asCommandMessage(command).andMetaData(origin.metaData())));
    }

    /** Asks a query that always has an answer. */
    <V> CompletableFuture<V> ask(Object query, Class<V> type, Origin origin) {
        return query(query, ResponseTypes.instanceOf(type), origin);
    }

    /** Asks a query that has an answer only if the thing exists. */
    <V> CompletableFuture<Optional<V>> find(Object query, Class<V> type, Origin origin) {
        return query(query, ResponseTypes.optionalInstanceOf(type), origin);
    }

    /** As {@link #find}, but where there is no answer waits for one a while: it may be on its way. */
    <V> CompletableFuture<Optional<V>> await(Object query, Class<V> type, Duration limit, Origin origin) {
        SubscriptionQueryResult<V, V> views = subscribe(query, type, type, origin);
        return first(views, List::of, view -> true, limit).toFuture().whenComplete((view, failure) -> end(views));
    }

    /**
     * Sends a command and waits a while for the view that its effect is to be seen in. The view is followed from
     * before the command is sent, so that no change of it is missed, and no longer than it takes.
     *
     * @param query asks for the view
     * @param answerType the answer of the query now
     * @param viewsOf the views in such an answer
     * @param viewType the view, as every update brings it
     * @param expected the view that is waited for
     */
    <R, A, V> CompletableFuture<Seen<R, V>> sendAndAwait(
            Object command,
            Object query,
            Class<A> answerType,
            Function<A, List<V>> viewsOf,
            Class<V> viewType,
            Predicate<V> expected,
            Duration limit,
            Origin origin) {
        SubscriptionQueryResult<A, V> views = subscribe(query, answerType, viewType, origin);
        return this.<R>send(command, origin)
                .thenCompose(result -> first(views, viewsOf, expected, limit)
                        // The command has taken effect: not to see it is no reason to say that it failed.
                        .onErrorResume(failure -> {
                            log.warn("could not wait for {}: {}", query, failure.toString());
                            return Mono.just(Optional.empty());
                        })
                        .map(view -> new Seen<>(result, view))
                        .toFuture())
                .whenComplete((seen, failure) -> end(views));
    }

    /**
     * What came of a command.
     *
     * @param result the command's own result
     * @param view the view that was waited for, if it was seen in time
     */
    record Seen<R, V>(R result, Optional<V> view) {}

    private <A, V> Mono<Optional<V>> first(
            SubscriptionQueryResult<A, V> views, Function<A, List<V>> viewsOf, Predicate<V> expected, Duration limit) {
        Flux<V> now = views.initialResult()
                .flatMapIterable(viewsOf)
                // Without Axon Server the query is answered by the thread that asks it.
                .subscribeOn(Schedulers.fromExecutor(dispatch));
        return Flux.merge(now, views.updates())
                .filter(expected)
                .next()
                .map(Optional::of)
                .timeout(limit, Mono.just(Optional.empty()))
                .defaultIfEmpty(Optional.empty());
    }

    /** Ends a subscription, once: ending it again fails, as does ending one that the other side has ended. */
    private static void end(SubscriptionQueryResult<?, ?> views) {
        try {
            views.cancel();
        } catch (RuntimeException endedBefore) {
            log.debug("the subscription had ended before", endedBefore);
        }
    }

    private <R> CompletableFuture<R> query(Object query, ResponseType<R> type, Origin origin) {
        return within(
                properties.queryTimeout(),
                origin,
                () -> queries.query(query.getClass().getName(), messageOf(query, origin), type));
    }

    private <A, V> SubscriptionQueryResult<A, V> subscribe(
            Object query, Class<A> answerType, Class<V> viewType, Origin origin) {
        return queries.subscriptionQuery(
                query.getClass().getName(),
                messageOf(query, origin),
                ResponseTypes.instanceOf(answerType),
                ResponseTypes.instanceOf(viewType),
                UPDATE_BUFFER);
    }

    private static Message<?> messageOf(Object query, Origin origin) {
        return new GenericMessage<>(query, origin.metaData());
    }

    private <R> CompletableFuture<R> within(Duration limit, Origin origin, Supplier<CompletableFuture<R>> asked) {
        CompletableFuture<R> answer = new CompletableFuture<R>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            dispatch.execute(() -> {
                // Whoever waited for too long before it was their turn was told so already.
                if (!answer.isDone()) {
                    MDC.put(Correlation.CORRELATION_ID, origin.correlationId());
                    try {
                        relay(asked.get(), answer);
                    } catch (RuntimeException failure) {
                        answer.completeExceptionally(failure);
                    } finally {
                        MDC.remove(Correlation.CORRELATION_ID);
                    }
                }
            });
        } catch (RejectedExecutionException full) {
            answer.completeExceptionally(full);
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
