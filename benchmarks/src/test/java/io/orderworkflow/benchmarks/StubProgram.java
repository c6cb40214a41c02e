package io.orderworkflow.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * As much of the program as the load driver sees: it settles orders at once, and can be told to do something wrong, or to
 * fail now and then.
 */
final class StubProgram implements AutoCloseable {

    private final JsonMapper json = JsonMapper.shared();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Fault fault;
    private final Map<String, Long> stock = new HashMap<>();
    private final Map<String, Map<String, Object>> ordersByKey = new LinkedHashMap<>();
    private int requests;
    private boolean debitIsLost;

    StubProgram(Fault fault) throws IOException {
        this.fault = fault;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized int orders() {
        return ordersByKey.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Reply reply;
        synchronized (this) {
            requests++;
            reply = reply(exchange, body.length == 0 ? NullNode.getInstance() : json.readTree(body));
            if (fault == Fault.ANSWERS_ARE_LOST && requests % 5 == 0) {
                exchange.close();
                return;
            }
            if (fault == Fault.BUSY && requests % 3 == 0) {
                reply = new Reply(503, Map.of());
            }
        }
        byte[] answer = json.writeValueAsBytes(reply.body());
        if (exchange.getRequestURI().getPath().endsWith("/stream")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write(("data: " + new String(answer, StandardCharsets.UTF_8) + "\n\n")
                            .getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            if (fault == Fault.STREAMS_END) {
                exchange.close();
            }
            return;
        }
        exchange.sendResponseHeaders(reply.status(), answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private Reply reply(HttpExchange exchange, JsonNode body) {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
        String method = exchange.getRequestMethod();
        if (method.equals("PUT")) {
            return new Reply(201, Map.of());
        }
        if (path[path.length - 1].equals("receipts")) {
            stock.merge(path[2], body.path("quantity").asLong(), Long::sum);
            return new Reply(202, Map.of());
        }
        if (path[1].equals("inventory")) {
            return stock.containsKey(path[2])
                    ? new Reply(200, Map.of("onHand", stock.get(path[2]), "reserved", 0))
                    : new Reply(404, Map.of());
        }
        if (path[1].equals("orders")) {
            if (method.equals("POST")) {
                return place(exchange, body);
            }
            return path.length >= 3
                    ? order(path[2])
                    : page(exchange.getRequestURI().getQuery());
        }
        return new Reply(404, Map.of());
    }

    private Reply place(HttpExchange exchange, JsonNode body) {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Map<String, Object> order = ordersByKey.computeIfAbsent(key, first -> settle(first, body));
        boolean noticed = exchange.getRequestHeaders().containsKey("Prefer") && fault != Fault.SETTLED_IS_NOT_NOTICED;
        return new Reply(noticed ? 201 : 202, order);
    }

    private Map<String, Object> settle(String key, JsonNode body) {
        boolean declined = body.path("payment").path("token").asString().equals("tok_declined");
        Map<String, Object> order = new HashMap<>();
        order.put(
                "orderId",
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
        order.put("customerId", body.path("customerId").asString());
        boolean confirmed = !declined || fault == Fault.DECLINED_ORDERS_ARE_CONFIRMED;
        order.put("status", confirmed ? "CONFIRMED" : "REJECTED");
        order.put("settledAt", "2026-11-21T08:00:00Z");
        order.put("statusReason", Map.of("code", confirmed ? "" : "PAYMENT_DECLINED"));
        if (fault == Fault.AN_ORDER_STAYS_OPEN && ordersByKey.size() == 10) {
            order.put("status", "PLACED");
        }
        if (confirmed && fault == Fault.A_DEBIT_IS_LOST && !debitIsLost) {
            debitIsLost = true;
        } else if (confirmed) {
            body.path("lines")
                    .forEach(line -> stock.merge(
                            line.path("sku").asString(), -line.path("quantity").asLong(), Long::sum));
        }
        return order;
    }

    private Reply order(String orderId) {
        return ordersByKey.values().stream()
                .filter(order -> orderId.equals(order.get("orderId")))
                .findAny()
                .map(order -> new Reply(200, order))
                .orElse(new Reply(404, Map.of()));
    }

    private Reply page(String query) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Map<String, Object> order : ordersByKey.values()) {
            boolean settled = !"PLACED".equals(order.get("status"));
            if (query.endsWith("customerId=" + order.get("customerId")) && (settled || !query.contains("status="))) {
                found.add(order);
            }
        }
        return new Reply(200, Map.of("items", found, "page", Map.of("totalItems", found.size())));
    }

    /** What is wrong with this program. */
    enum Fault {
        NONE,
        BUSY,
        ANSWERS_ARE_LOST,
        A_DEBIT_IS_LOST,
        AN_ORDER_STAYS_OPEN,
        SETTLED_IS_NOT_NOTICED,
        DECLINED_ORDERS_ARE_CONFIRMED,
        STREAMS_END
    }

    private record Reply(int status, Object body) {}
}
