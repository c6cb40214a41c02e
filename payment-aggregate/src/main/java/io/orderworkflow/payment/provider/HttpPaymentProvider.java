package io.orderworkflow.payment.provider;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.payment.DaemonThreads;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to a payment provider over HTTP, in a small protocol of its own. Each request carries its key in the header
 * {@code Idempotency-Key}; bodies are JSON, amounts {@code {"amount": "19.90", "currency": "EUR"}}.
 *
 * <table>
 * <caption>Requests</caption>
 * <tr><td>{@code POST v1/payments/{paymentId}/authorizations}</td><td>{@code {orderId, amount, method, token}}</td></tr>
 * <tr><td>{@code POST v1/payments/{paymentId}/captures}</td><td>{@code {amount}}</td></tr>
 * <tr><td>{@code POST v1/payments/{paymentId}/refunds}</td><td>{@code {amount}}</td></tr>
 * <tr><td>{@code POST v1/payments/{paymentId}/voids}</td><td>no body</td></tr>
 * <tr><td>{@code GET v1/operations/{idempotencyKey}}</td><td>404: not carried out</td></tr>
 * </table>
 *
 * <p>200 says that it was done, {@code {"reference": …, "refunded": …}}, 402 that it is refused for good,
 * {@code {"code": …, "message": …}}; a look-up answers the same. Any other 4xx, and 503, says that nothing was done
 * and that it may be tried again. From everything else it is not known what was done.
 */
public final class HttpPaymentProvider implements PaymentProvider, AutoCloseable {

    private static final int THREADS = 2;
    private static final int DONE = 200;
    private static final int REFUSED = 402;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final JsonMapper json = JsonMapper.shared();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, new DaemonThreads("payment-provider-http-"));
    private final HttpClient http;
    private final URI base;
    private final Duration timeLimit;

    /**
     * Creates a client.
     *
     * @param base where the provider is, such as {@code https://payments.example.com/}
     * @param timeLimit after which an exchange is given up
     */
    public HttpPaymentProvider(URI base, Duration timeLimit) {
        this.base = base.toString().endsWith("/") ? base : URI.create(base + "/");
        this.timeLimit = timeLimit;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeLimit)
                .executor(threads)
                .build();
    }

    @Override
    public CompletionStage<ProviderAnswer> authorize(AuthorizationRequest request) {
        return post(
                "v1/payments/" + request.paymentId() + "/authorizations",
                request.idempotencyKey(),
                new AuthorizationBody(request.orderId(), request.amount(), request.method(), request.token()));
    }

    @Override
    public CompletionStage<ProviderAnswer> capture(CaptureRequest request) {
        return post(
                "v1/payments/" + request.paymentId() + "/captures",
                request.idempotencyKey(),
                new AmountBody(request.amount()));
    }

    @Override
    public CompletionStage<ProviderAnswer> refund(RefundRequest request) {
        return post(
                "v1/payments/" + request.paymentId() + "/refunds",
                request.idempotencyKey(),
                new AmountBody(request.amount()));
    }

    @Override
    public CompletionStage<ProviderAnswer> undo(UndoRequest request) {
        return post("v1/payments/" + request.paymentId() + "/voids", request.idempotencyKey(), null);
    }

    @Override
    public CompletionStage<Optional<ProviderAnswer>> lookUp(String idempotencyKey) {
        HttpRequest request = request("v1/operations/" + idempotencyKey).GET().build();
        return exchange(
                request,
                response -> response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(answerIn(response)));
    }

    private CompletionStage<ProviderAnswer> post(String path, String idempotencyKey, @Nullable Object body) {
        HttpRequest request = request(path)
                .header("Idempotency-Key", idempotencyKey)
                .header("Content-Type", "application/json")
                .POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
        return exchange(request, this::answerIn);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(timeLimit);
    }

    private <T> CompletableFuture<T> exchange(HttpRequest request, Function<HttpResponse<byte[]>, T> reading) {
        return http.sendAsync(request, BodyHandlers.ofByteArray()).handle((response, failure) -> {
            if (failure != null) {
                throw new CompletionException(translated(failure));
            }
            return reading.apply(response);
        });
    }

    private ProviderAnswer answerIn(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == DONE) {
            DoneBody body = json.readValue(response.body(), DoneBody.class);
            return new ProviderAnswer.Done(body.reference(), body.refunded());
        }
        if (status == REFUSED) {
            return new ProviderAnswer.Refused(json.readValue(response.body(), ProviderRefusal.class));
        }
        String said = "the provider answered with status " + status;
        boolean turnedAway = status >= 400 && status < 500 && status != REQUEST_TIMEOUT;
        if (turnedAway || status == SERVICE_UNAVAILABLE) {
            throw new ProviderUnavailableException(said);
        }
        throw new IllegalStateException(said);
    }

    private static Throwable translated(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean neverConnected = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException;
        if (neverConnected) {
            return new ProviderUnavailableException("the provider could not be reached", cause);
        }
        if (cause instanceof HttpTimeoutException) {
            return new TimeoutException(cause.getMessage());
        }
        return cause instanceof IOException
                ? new IOException("the connection was lost before an answer came", cause)
                : cause;
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private record AuthorizationBody(OrderId orderId, Money amount, String method, String token) {}

    private record AmountBody(Money amount) {}

    private record DoneBody(String reference, @Nullable Money refunded) {}
}
