package io.orderworkflow.console;

import io.orderworkflow.api.FindReadModelProgress;
import io.orderworkflow.api.ReadModelProgress;
import io.orderworkflow.api.ReadModelQuery;
import io.orderworkflow.platform.messaging.Correlation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Answers what a page asks, within a time limit. What several parts of a page need is asked at once, and then waited
 * for: {@code find} and {@code ask} begin, {@link #answer} waits.
 */
final class ReadSide implements AutoCloseable {

    private final QueryGateway queries;
    private final ConsoleProperties properties;
    private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();

    ReadSide(QueryGateway queries, ConsoleProperties properties) {
        this.queries = queries;
        this.properties = properties;
        threads.setThreadNamePrefix("console-");
        threads.setCorePoolSize(properties.threads());
        threads.setMaxPoolSize(properties.threads());
        threads.setQueueCapacity(properties.backlog());
        threads.setAllowCoreThreadTimeOut(true);
        threads.initialize();
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** Asks a query that always has an answer. */
    <A> CompletableFuture<A> ask(Object query, Class<A> type, Visit visit) {
        return ask(query.getClass().getName(), query, ResponseTypes.instanceOf(type), visit);
    }

    /** Asks a query that has an answer only if the thing exists. */
    <A> CompletableFuture<Optional<A>> find(Object query, Class<A> type, Visit visit) {
        return find(query.getClass().getName(), query, type, visit);
    }

    /** The same, of those who answer to a name of its own. */
    <A> CompletableFuture<Optional<A>> find(String name, Object query, Class<A> type, Visit visit) {
        return ask(name, query, ResponseTypes.optionalInstanceOf(type), visit);
    }

    /**
     * Waits for an answer.
     *
     * @throws UnansweredException if there is none in time, or it failed
     */
    static <A> A answer(CompletableFuture<A> asked) {
        try {
            return asked.get();
        } catch (ExecutionException failed) {
            throw new UnansweredException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnansweredException(interrupted);
        }
    }

    private <A> CompletableFuture<A> ask(String name, Object query, ResponseType<A> type, Visit visit) {
        return query instanceof ReadModelQuery reading && visit.toBeSeen().isPresent()
                ? seen(reading, visit).thenCompose(seen -> askNow(name, query, type, visit))
                : askNow(name, query, type, visit);
    }

    /** Waits until the read model shows what the reader has done, or for as long as it may take. Never fails. */
    private CompletableFuture<Boolean> seen(ReadModelQuery reading, Visit visit) {
        long patience = properties.consistencyWait().toMillis();
        FindReadModelProgress query =
                new FindReadModelProgress(reading.readModel(), visit.toBeSeen().orElseThrow(), patience);
        return askNow(query.getClass().getName(), query, ResponseTypes.instanceOf(ReadModelProgress.class), visit)
                .handle((progress, failure) -> failure == null && progress.reached());
    }

    private <A> CompletableFuture<A> askNow(String name, Object query, ResponseType<A> type, Visit visit) {
        return within(
                properties.queryTimeout(),
                visit,
                () -> queries.query(name, new GenericMessage<>(query, visit.metaData()), type));
    }

    private <A> CompletableFuture<A> within(Duration limit, Visit visit, Supplier<CompletableFuture<A>> question) {
        CompletableFuture<A> answer = new CompletableFuture<A>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            threads.execute(() -> {
                if (!answer.isDone()) {
                    MDC.put(Correlation.CORRELATION_ID, visit.correlationId());
                    try {
                        relay(question.get(), answer);
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

    private static <A> void relay(CompletableFuture<A> given, CompletableFuture<A> answer) {
        CompletableFuture<A> unused = given.whenComplete((result, failure) -> {
            if (failure == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    /** What a page asked was not answered. */
    static final class UnansweredException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnansweredException(@Nullable Throwable cause) {
            super(cause);
        }
    }
}
