package io.orderworkflow.payment.builtin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderworkflow.api.Money;
import io.orderworkflow.payment.DaemonThreads;
import io.orderworkflow.payment.builtin.Conduct.Delivery;
import io.orderworkflow.payment.builtin.Operation.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The built-in payment provider as its clients see it: an HTTP server on this machine's loopback address, speaking the
 * protocol of {@code HttpPaymentProvider}. Besides that it tells what it has in its books, to whoever wants to check:
 * {@code GET /v1/payments/{paymentId}} and {@code GET /v1/ledger/summary}.
 */
final class BuiltInProviderServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BuiltInProviderServer.class);

    private static final int THREADS = 2;
    private static final int CONNECTIONS_WAITING_TO_BE_ACCEPTED = 1024;
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int LONGEST_KEY = 128;
    private static final Map<String, Action> ACTIONS = Map.of(
            "authorizations", Action.AUTHORIZATION,
            "captures", Action.CAPTURE,
            "voids", Action.VOID,
            "refunds", Action.REFUND);

    static {
        // Read once, by the first server of this process. Without it, an answer waits 40 ms for an acknowledgement.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        // More idle connections than that are closed, in the face of a client that is just about to use one.
        setUnlessSet("sun.net.httpserver.maxIdleConnections", "1024");
    }

    private final JsonMapper json = JsonMapper.shared();
    private final Ledger ledger;
    private final LedgerTable table;
    private final Cashier cashier;
    private final SkuLookUp skus;
    private final HttpServer http;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, new DaemonThreads("built-in-provider-"));
    private final HeldExchanges unanswered = new HeldExchanges();

    BuiltInProviderServer(Ledger ledger, LedgerTable table, Cashier cashier, int port) {
        this(ledger, table, cashier, SkuLookUp.NONE, port);
    }

    BuiltInProviderServer(Ledger ledger, LedgerTable table, Cashier cashier, SkuLookUp skus, int port) {
        this.ledger = ledger;
        this.table = table;
        this.cashier = cashier;
        this.skus = skus;
        try {
            http = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECTIONS_WAITING_TO_BE_ACCEPTED);
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in payment provider cannot listen on port " + port, e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
        log.info("the built-in payment provider listens at {}", uri());
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Where it listens. */
    URI uri() {
        InetSocketAddress address = http.getAddress();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            List<String> path =
                    List.of(exchange.getRequestURI().getPath().substring(1).split("/", -1));
            route(exchange, exchange.getRequestMethod(), path);
        } catch (BadRequestException e) {
            send(exchange, e.status, e.problem);
        } catch (RuntimeException e) {
            fail(exchange, e);
        }
    }

    private void route(HttpExchange exchange, String method, List<String> path) throws IOException {
        boolean get = method.equals("GET");
        if (method.equals("POST") && path.size() == 4 && isUnder("v1", "payments", path)) {
            carryOut(exchange, path.get(2), path.get(3));
        } else if (get && path.size() == 3 && isUnder("v1", "operations", path)) {
            String key = path.get(2);
            answer(exchange, ledger.enter(key, null, books -> cashier.lookUp(key, books)));
        } else if (get && path.size() == 3 && isUnder("v1", "payments", path)) {
            UUID paymentId = paymentId(path.get(2));
            ledger.enter(null, paymentId, books -> books.account(paymentId))
                    .whenCompleteAsync((account, failure) -> sendOrFail(exchange, 200, account, failure), threads);
        } else if (get && path.equals(List.of("v1", "ledger", "summary"))) {
            send(exchange, 200, table.summary());
        } else {
            throw new BadRequestException(404, "there is nothing here to " + method);
        }
    }

    private void carryOut(HttpExchange exchange, String payment, String actions) throws IOException {
        UUID paymentId = paymentId(payment);
        Action action = ACTIONS.get(actions);
        if (action == null) {
            throw new BadRequestException(404, "a payment has no " + actions);
        }
        OperationBody body = action == Action.VOID ? OperationBody.NONE : body(exchange);
        Operation operation = operation(exchange, paymentId, action, body);
        answer(
                exchange,
                skus.skusOf(paymentId, body.orderId())
                        .thenApply(operation::of)
                        .thenCompose(asked -> ledger.enter(
                                asked.idempotencyKey(), paymentId, books -> cashier.carryOut(asked, books))));
    }

    private static boolean isUnder(String first, String second, List<String> path) {
        return path.get(0).equals(first) && path.get(1).equals(second);
    }

    private static Operation operation(HttpExchange exchange, UUID paymentId, Action action, OperationBody body) {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
            throw new BadRequestException(400, "the header Idempotency-Key must have 1 to 128 characters");
        }
        if (action != Action.VOID
                && (body.amount() == null || body.amount().amount().signum() < 0)) {
            throw new BadRequestException(400, "amount must be given, and not negative");
        }
        if (action == Action.AUTHORIZATION && body.token() == null) {
            throw new BadRequestException(400, "token must be given");
        }
        return new Operation(
                key, paymentId, action, body.amount(), action == Action.AUTHORIZATION ? body.token() : null);
    }

    private static UUID paymentId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(404, "a payment is named by a UUID");
        }
    }

    private OperationBody body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (bytes.length > LONGEST_BODY) {
            throw new BadRequestException(413, "the body is too long");
        }
        try {
            return json.readValue(bytes, OperationBody.class);
        } catch (JacksonException e) {
            throw new BadRequestException(400, "the body is not the JSON that was expected: " + e.getOriginalMessage());
        }
    }

    private void answer(HttpExchange exchange, CompletionStage<Reply> reply) {
        // On another thread: the ledger's own has others to serve.
        reply.whenCompleteAsync(
                (given, failure) -> {
                    if (failure != null) {
                        fail(exchange, failure);
                    } else {
                        deliver(exchange, given);
                    }
                },
                threads);
    }

    private void deliver(HttpExchange exchange, Reply reply) {
        Delivery delivery = deliveryOf(reply);
        if (reply instanceof Reply.HungUp) {
            exchange.close();
        } else if (delivery == Delivery.LOSE) {
            unanswered.hold(exchange);
        } else {
            Duration delay = delayOf(reply);
            Executor when = delay.isZero()
                    ? Runnable::run
                    : CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads);
            when.execute(() -> say(exchange, reply, delivery));
        }
    }

    private void say(HttpExchange exchange, Reply reply, Delivery delivery) {
        if (delivery == Delivery.TWICE) {
            exchange.getResponseHeaders().set(WireAnswers.TWICE, "true");
        }
        try {
            if (reply instanceof Reply.Done done) {
                send(exchange, 200, new DoneBody("bip-" + done.paymentId(), done.refunded()));
            } else if (reply instanceof Reply.Refused refused) {
                send(
                        exchange,
                        402,
                        new Problem(refused.refusal().code(), refused.refusal().message()));
            } else if (reply instanceof Reply.TurnedAway) {
                send(exchange, 503, new Problem("unavailable", "nothing can be done at the moment"));
            } else if (reply instanceof Reply.KeyReused) {
                send(exchange, 409, new Problem("key_reused", "something else was done under this key"));
            } else {
                send(exchange, 404, new Problem("not_found", "nothing was done under this key"));
            }
        } catch (IOException e) {
            log.debug("a client left before it had its answer", e);
        }
    }

    private static Delivery deliveryOf(Reply reply) {
        if (reply instanceof Reply.Done done) {
            return done.delivery();
        }
        if (reply instanceof Reply.Refused refused) {
            return refused.delivery();
        }
        return reply instanceof Reply.Ignored ? Delivery.LOSE : Delivery.ANSWER;
    }

    private static Duration delayOf(Reply reply) {
        if (reply instanceof Reply.Done done) {
            return done.delay();
        }
        return reply instanceof Reply.Refused refused ? refused.delay() : Duration.ZERO;
    }

    private void sendOrFail(HttpExchange exchange, int status, Object body, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                fail(exchange, failure);
            } else {
                send(exchange, status, body);
            }
        } catch (IOException e) {
            log.debug("a client left before it had its answer", e);
        }
    }

    private void fail(HttpExchange exchange, Throwable failure) {
        log.warn("the built-in payment provider could not answer {}", exchange.getRequestURI(), failure);
        try {
            send(exchange, 500, new Problem("failed", "whether it was done is not known"));
        } catch (IOException e) {
            log.debug("a client left before it had its answer", e);
        }
    }

    private void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
    }

    private record OperationBody(
            @Nullable Money amount,
            @Nullable String token,
            @Nullable String orderId) {

        private static final OperationBody NONE = new OperationBody(null, null, null);
    }

    private record DoneBody(String reference, @Nullable Money refunded) {}

    private record Problem(String code, String message) {}

    /** A request that cannot be understood. */
    private static final class BadRequestException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient Problem problem;

        BadRequestException(int status, String message) {
            super(message);
            this.status = status;
            this.problem = new Problem("bad_request", message);
        }
    }
}
