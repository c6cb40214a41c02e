package io.orderworkflow.application;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running program as its users meet it: over HTTP. */
final class Shop {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI address;

    Shop(int port) {
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    /** Puts a product on the shelves. */
    Shop sells(String sku, String price, long pieces) {
        Answer registered = put(
                "/api/products/" + sku,
                Map.of("name", "Product " + sku, "price", Map.of("amount", price, "currency", "EUR")));
        registered.expect(201, 200);
        post("/api/inventory/" + sku + "/receipts", Map.of("quantity", pieces)).expect(202);
        return this;
    }

    /** Places an order and waits until it is settled, for at most 30 seconds. */
    Answer order(String key, String token, Line... lines) {
        return placing(key, token, lines).send("Prefer", "wait=30");
    }

    /** Places an order without waiting. */
    Answer placeOrder(String key, String token, Line... lines) {
        return placing(key, token, lines).send();
    }

    private Request placing(String key, String token, Line... lines) {
        List<Map<String, Object>> body = new ArrayList<>();
        for (Line line : lines) {
            body.add(Map.of("sku", line.sku(), "quantity", line.quantity()));
        }
        return new Request(
                "POST",
                "/api/orders",
                Map.of(
                        "customerId",
                        "customer-1",
                        "lines",
                        body,
                        "payment",
                        Map.of("method", "card", "token", token),
                        "shippingAddress",
                        Map.of("street", "1 Main Street", "city", "Springfield")),
                "Idempotency-Key",
                key);
    }

    Answer cancel(String orderId) {
        return post("/api/orders/" + orderId + "/cancellation", Map.of("reason", "not wanted any more"));
    }

    /** Gives the money back for some pieces, which are put back on the shelves. */
    Answer refund(String orderId, String key, Line pieces) {
        Map<String, Object> body = Map.of(
                "lines",
                List.of(Map.of("sku", pieces.sku(), "quantity", pieces.quantity())),
                "reason",
                "arrived broken",
                "restock",
                true);
        return new Request("POST", "/api/orders/" + orderId + "/refunds", body, "Idempotency-Key", key).send();
    }

    JsonNode orderView(String orderId) {
        return get("/api/orders/" + orderId).expect(200).body();
    }

    /** What happened to an order, each event in words. */
    List<String> timeline(String orderId) {
        JsonNode items =
                get("/api/orders/" + orderId + "/timeline").expect(200).body().get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get("type").asString())
                .toList();
    }

    JsonNode stock(String sku) {
        return get("/api/inventory/" + sku).expect(200).body();
    }

    /** Creates an empty cart, and says where it is. */
    String createCart() {
        Answer created = post("/api/carts", Map.of("customerId", "customer-1")).expect(201);
        return created.headers().firstValue("Location").orElseThrow();
    }

    /** Checks out a cart and, if it is to, waits until the order is settled. */
    Answer checkOut(String cart, String key, String token, String... headers) {
        return new Request(
                        "POST",
                        cart + "/checkout",
                        Map.of(
                                "payment",
                                Map.of("method", "card", "token", token),
                                "shippingAddress",
                                Map.of("street", "1 Main Street", "city", "Springfield")),
                        "Idempotency-Key",
                        key)
                .send(headers);
    }

    Answer delete(String path) {
        return new Request("DELETE", path, null).send();
    }

    Answer get(String path, String... headers) {
        return new Request("GET", path, null).send(headers);
    }

    Answer post(String path, Object body) {
        return new Request("POST", path, body).send();
    }

    Answer put(String path, Object body) {
        return new Request("PUT", path, body).send();
    }

    /** Some pieces of a product. */
    record Line(String sku, int quantity) {}

    static Line line(String sku, int quantity) {
        return new Line(sku, quantity);
    }

    /** What the program answered. */
    record Answer(int status, JsonNode body, HttpHeaders headers) {

        Answer expect(int... statuses) {
            for (int expected : statuses) {
                if (status == expected) {
                    return this;
                }
            }
            throw new AssertionError("answered " + status + ": " + body);
        }
    }

    private final class Request {

        private final String method;
        private final String path;
        private final @Nullable Object body;
        private final String[] headers;

        Request(String method, String path, @Nullable Object body, String... headers) {
            this.method = method;
            this.path = path;
            this.body = body;
            this.headers = headers;
        }

        Answer send(String... moreHeaders) {
            HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(JSON.writeValueAsString(body)));
            for (String[] pairs : List.of(headers, moreHeaders)) {
                for (int i = 0; i < pairs.length; i += 2) {
                    request.header(pairs[i], pairs[i + 1]);
                }
            }
            try {
                HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
                return new Answer(
                        response.statusCode(),
                        JSON.readTree(response.body().isEmpty() ? "null" : response.body()),
                        response.headers());
            } catch (IOException e) {
                throw new UnreachableException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** The program did not answer; whether it did what was asked is not known. */
    static final class UnreachableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreachableException(IOException cause) {
            super(cause);
        }
    }
}
