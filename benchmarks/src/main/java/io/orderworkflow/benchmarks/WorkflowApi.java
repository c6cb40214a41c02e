package io.orderworkflow.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * The program's HTTP interface, asked with patience: where nobody answers, or the answer is that it is not possible just
 * now, the same request is sent again, with the same key, for a while. So it outlives a program that is killed and
 * started anew.
 */
final class WorkflowApi {

    /** Longer than the program itself takes to give up. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final JsonMapper json = JsonMapper.shared();
    private final LongAdder repeats = new LongAdder();
    private final Queue<Long> turnedAway = new ConcurrentLinkedQueue<>();
    private final URI base;
    private final List<URI> takers;
    private final AtomicInteger turns = new AtomicInteger();
    private final Duration patience;

    /**
     * Creates the client of a program on this machine.
     *
     * @param base where the program answers
     * @param patience how long a request is sent again after it first failed for a reason that may pass
     * @throws IllegalArgumentException if the address is not one of this machine
     */
    WorkflowApi(URI base, Duration patience) {
        this(List.of(base), patience);
    }

    /**
     * Creates the client of several processes on this machine, which take orders in turn.
     *
     * @param processes where they answer; the first is asked for everything else
     * @param patience how long a request is sent again after it first failed for a reason that may pass
     */
    WorkflowApi(List<URI> processes, Duration patience) {
        processes.forEach(WorkflowApi::requireLoopback);
        this.base = processes.get(0);
        this.takers = List.copyOf(processes);
        this.patience = patience;
    }

    /** What this program does to a system, it may only do at home. */
    private static void requireLoopback(URI base) {
        String host = base.getHost();
        try {
            if (host != null && Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress)) {
                return;
            }
        } catch (UnknownHostException unknown) {
            // Then it is not this machine either.
        }
        throw new IllegalArgumentException(base + " is not an address of this machine's loopback interface");
    }

    /** How many requests were sent again. */
    long repeats() {
        return repeats.sum();
    }

    /** How long those answers took that told to ask again later. */
    Percentiles turnedAway() {
        return Percentiles.of(turnedAway);
    }

    /** Reads something. */
    Answer get(String path) {
        return untilAnswered(request(path).GET().build()).join();
    }

    /** Reads something, without patience; empty if there is no answer. */
    Optional<Answer> getNow(String path) {
        try {
            return Optional.of(exchange(request(path).GET().build()).join());
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    /** States something, which may be repeated. */
    Answer put(String path, Object body) {
        return untilAnswered(request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                        .build())
                .join();
    }

    /** Does something that must not be repeated; empty if it is not known whether it was done. */
    Optional<Answer> postOnce(String path, Object body) {
        try {
            Answer answer = exchange(post(path, body).build()).join();
            return answer.maySucceedLater() ? Optional.empty() : Optional.of(answer);
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    /** Takes something away; empty if it is not known whether that was done. */
    Optional<Answer> deleteOnce(String path) {
        try {
            return Optional.of(exchange(request(path).DELETE().build()).join());
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    /** Does something that may be repeated. */
    Answer post(String path, Object body, String key) {
        return untilAnswered(post(path, body).header("Idempotency-Key", key).build())
                .join();
    }

    /**
     * Places an order.
     *
     * @param key makes it the same order, however often it is sent
     * @param wait how long the program is asked to wait for the order to settle; zero for not at all
     */
    CompletableFuture<Answer> place(String key, Object order, Duration wait) {
        URI taker = takers.get(Math.floorMod(turns.getAndIncrement(), takers.size()));
        HttpRequest.Builder request = post(taker.resolve("/api/orders"), order)
                .header("Idempotency-Key", key)
                .timeout(REQUEST_TIMEOUT.plus(wait));
        if (!wait.isZero()) {
            request.header("Prefer", "wait=" + wait.toSeconds());
        }
        return untilAnswered(request.build());
    }

    private HttpRequest.Builder post(String path, Object body) {
        return post(base.resolve(path), body);
    }

    private HttpRequest.Builder post(URI address, Object body) {
        return request(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
    }

    private HttpRequest.Builder request(String path) {
        return request(base.resolve(path));
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(REQUEST_TIMEOUT);
    }

    private CompletableFuture<Answer> untilAnswered(HttpRequest request) {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        attempt(request, FIRST_PAUSE, null, result);
        return result;
    }

    private void attempt(
            HttpRequest request, Duration pause, @Nullable Long firstFailure, CompletableFuture<Answer> result) {
        var unused = exchange(request).whenComplete((answer, failure) -> {
            if (answer != null && !answer.maySucceedLater()) {
                result.complete(answer);
                return;
            }
            if (failure != null && !(causeOf(failure) instanceof IOException)) {
                result.completeExceptionally(causeOf(failure));
                return;
            }
            if (answer != null) {
                turnedAway.add(answer.nanos());
            }
            long now = System.nanoTime();
            long since = firstFailure == null ? now : firstFailure;
            if (now - since > patience.toNanos()) {
                result.completeExceptionally(new IOException("%s %s had no success for %d s, the last time: %s"
                        .formatted(
                                request.method(),
                                request.uri(),
                                patience.toSeconds(),
                                failure == null ? answer : causeOf(failure))));
                return;
            }
            repeats.increment();
            Duration told = answer == null ? Duration.ZERO : answer.retryAfter();
            after(told.plus(pause.dividedBy(2)), told.plus(pause))
                    .execute(() -> attempt(request, longer(pause), since, result));
        });
    }

    private static Executor after(Duration least, Duration most) {
        // Not all at the same moment: they would meet again and again.
        long millis = ThreadLocalRandom.current().nextLong(least.toMillis(), most.toMillis());
        return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private CompletableFuture<Answer> exchange(HttpRequest request) {
        long asked = System.nanoTime();
        return http.sendAsync(request, BodyHandlers.ofByteArray())
                .thenApply(response -> new Answer(
                        response.statusCode(), bodyIn(response), retryAfter(response), System.nanoTime() - asked));
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        return Duration.ofSeconds(
                response.headers().firstValueAsLong("Retry-After").orElse(0));
    }

    private JsonNode bodyIn(HttpResponse<byte[]> response) {
        if (response.body().length == 0) {
            return NullNode.getInstance();
        }
        try {
            return json.readTree(response.body());
        } catch (JacksonException notJson) {
            return NullNode.getInstance();
        }
    }

    /**
     * What the program answered.
     *
     * @param status the HTTP status
     * @param body the JSON, or JSON's null where there is none
     * @param retryAfter how long whoever asks again is told to wait before
     * @param nanos how long it took, without the times before that the same was asked in vain
     */
    record Answer(int status, JsonNode body, Duration retryAfter, long nanos) {

        private boolean maySucceedLater() {
            return status >= 500 || status == TOO_MANY_REQUESTS;
        }

        /**
         * Itself.
         *
         * @throws IllegalStateException if its status is none of these
         */
        Answer expecting(Integer... expected) {
            if (Stream.of(expected).noneMatch(one -> one == status)) {
                throw new IllegalStateException("the program answered " + this);
            }
            return this;
        }

        @Override
        public String toString() {
            return status + " " + body;
        }
    }
}
