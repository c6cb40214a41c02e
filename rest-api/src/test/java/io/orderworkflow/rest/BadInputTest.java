package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What breaks a rule is refused with the field and the rule, and reaches nobody. */
class BadInputTest extends RestApiTest {

    private static final String PRODUCT = "/api/products/MUG";
    private static final String RECEIPTS = "/api/inventory/CUP-WHITE/receipts";
    private static final String ADJUSTMENTS = "/api/inventory/CUP-WHITE/adjustments";
    private static final String REORDER_POINT = "/api/inventory/CUP-WHITE/reorder-point";
    private static final String LONG = "x".repeat(201);

    /** A request and what is wrong with it. */
    record Case(String method, String path, String body, Map<String, String> headers, String field, String rule) {

        @Override
        public String toString() {
            String shown = body.length() > 80 ? body.substring(0, 80) + "…" : body;
            return (method + " " + path + " " + shown + " " + headers + ": " + field + " " + rule)
                    .replaceAll("\\p{Cntrl}", "?");
        }
    }

    private static Case putting(String path, String body, String field, String rule) {
        return new Case("PUT", path, body, Map.of(), field, rule);
    }

    private static Case posting(String path, String body, String field, String rule) {
        return new Case("POST", path, body, Map.of(), field, rule);
    }

    private static Case getting(String path, String field, String rule) {
        return new Case("GET", path, "", Map.of(), field, rule);
    }

    /** The sample order with one part of it exchanged. */
    private static Case order(String part, String instead, String field, String rule) {
        String body = OrderControllerTest.BODY.replace(part, instead);
        assertThat(body).isNotEqualTo(OrderControllerTest.BODY);
        return new Case("POST", "/api/orders", body, Map.of("Idempotency-Key", "key-1"), field, rule);
    }

    private static Case orderWith(String header, String value, String rule) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Idempotency-Key", "key-1"));
        headers.put(header, value);
        return new Case("POST", "/api/orders", OrderControllerTest.BODY, headers, header, rule);
    }

    private static Case price(String price, String field, String rule) {
        return putting(PRODUCT, "{\"name\": \"Mug\", \"price\": " + price + "}", field, rule);
    }

    private static Case amount(String amount, String rule) {
        return price("{\"amount\": \"" + amount + "\", \"currency\": \"EUR\"}", "price.amount", rule);
    }

    private static Case quantity(String quantity, String rule) {
        return order("\"quantity\": 2", "\"quantity\": " + quantity, "lines[0].quantity", rule);
    }

    private static Case received(String quantity, String rule) {
        return posting(RECEIPTS, "{\"quantity\": " + quantity + "}", "quantity", rule);
    }

    private static Case name(String name, String rule) {
        return putting(
                PRODUCT,
                "{\"name\": " + name + ", \"price\": {\"amount\": \"1.00\", \"currency\": \"EUR\"}}",
                "name",
                rule);
    }

    private static String lines(int count) {
        return "["
                + String.join(", ", java.util.Collections.nCopies(count, "{\"sku\": \"CUP-WHITE\", \"quantity\": 1}"))
                + "]";
    }

    private static final String ONE_LINE = "[{\"sku\": \"CUP-WHITE\", \"quantity\": 2}]";
    private static final String PAYMENT = "{\"method\": \"card\", \"token\": \"tok_ok\"}";
    private static final String ADDRESS =
            "{\"recipient\": \"Ada Lovelace\", \"city\": \"London\", \"country\": \"GB\"}";

    static Stream<Case> bodies() {
        return Stream.of(
                // quantities
                quantity("0", "must be 1 to 10000"),
                quantity("-1", "must be 1 to 10000"),
                quantity("10001", "must be 1 to 10000"),
                quantity("2147483648", "is out of range"),
                quantity("99999999999999999999999999", "is out of range"),
                quantity("1e99", "must be a whole number"),
                quantity("1.5", "must be a whole number"),
                quantity("2.0", "must be a whole number"),
                quantity("\"2\"", "must be a whole number"),
                quantity("\"\"", "must be a whole number"),
                quantity("true", "must be a whole number"),
                quantity("[2]", "must be a whole number"),
                quantity("{}", "must be a whole number"),
                quantity("null", "is required"),
                received("0", "must be 1 to 1000000000"),
                received("-5", "must be 1 to 1000000000"),
                received("1000000001", "must be 1 to 1000000000"),
                received("9223372036854775808", "is out of range"),
                received("1e3", "must be a whole number"),
                received("\"5\"", "must be a whole number"),
                posting(RECEIPTS, "{}", "quantity", "is required"),
                posting(RECEIPTS, "{\"quantity\": 1, \"reference\": \"" + LONG + "\"}", "reference", "up to 200"),
                posting(RECEIPTS, "{\"quantity\": 1, \"reference\": 4711}", "reference", "must be a text"),
                posting(ADJUSTMENTS, "{\"delta\": 0, \"reason\": \"x\"}", "delta", "not 0"),
                posting(
                        ADJUSTMENTS,
                        "{\"delta\": 1000000001, \"reason\": \"x\"}",
                        "delta",
                        "-1000000000 to 1000000000"),
                posting(
                        ADJUSTMENTS,
                        "{\"delta\": -1000000001, \"reason\": \"x\"}",
                        "delta",
                        "-1000000000 to 1000000000"),
                posting(ADJUSTMENTS, "{\"delta\": 1}", "reason", "is required"),
                posting(ADJUSTMENTS, "{\"reason\": \"x\"}", "delta", "is required"),
                posting(ADJUSTMENTS, "{\"delta\": 1, \"reason\": \" \"}", "reason", "must not be blank"),
                posting(ADJUSTMENTS, "{\"delta\": 1, \"reason\": \"" + LONG + "\"}", "reason", "up to 200"),
                putting(REORDER_POINT, "{\"quantity\": -1}", "quantity", "must be 0 to 1000000000"),
                putting(REORDER_POINT, "{\"quantity\": 1000000001}", "quantity", "must be 0 to 1000000000"),
                putting(REORDER_POINT, "{}", "quantity", "is required"),
                // money
                amount("-0.01", "must not be negative"),
                amount("-1", "must not be negative"),
                amount("19.999", "must have up to 2 decimals in EUR"),
                amount("19.900", "must have up to 2 decimals in EUR"),
                amount("1000000000", "must be less than 1000000000"),
                amount("1e3", "must be a decimal number"),
                amount("NaN", "must be a decimal number"),
                amount("Infinity", "must be a decimal number"),
                amount("", "must be a decimal number"),
                amount(" 1", "must be a decimal number"),
                amount("+1", "must be a decimal number"),
                amount("1,50", "must be a decimal number"),
                amount(".5", "must be a decimal number"),
                amount("5.", "must be a decimal number"),
                amount("0x10", "must be a decimal number"),
                amount("٣", "must be a decimal number"),
                amount("9".repeat(500), "must be less than 1000000000"),
                price("{\"amount\": 19.90, \"currency\": \"EUR\"}", "price.amount", "must be a text in quotes"),
                price("{\"amount\": 19, \"currency\": \"EUR\"}", "price.amount", "must be a text in quotes"),
                price("{\"amount\": \"1.5\", \"currency\": \"JPY\"}", "price.amount", "up to 0 decimals in JPY"),
                price("{\"amount\": \"1.50\", \"currency\": \"EURO\"}", "price.currency", "ISO 4217"),
                price("{\"amount\": \"1.50\", \"currency\": \"eur\"}", "price.currency", "ISO 4217"),
                price("{\"amount\": \"1.50\", \"currency\": \"ZZZ\"}", "price.currency", "ISO 4217"),
                price("{\"amount\": \"1.50\", \"currency\": \"XXX\"}", "price.currency", "ISO 4217"),
                price("{\"amount\": \"1.50\", \"currency\": \"\"}", "price.currency", "ISO 4217"),
                price("{\"amount\": \"1.50\"}", "price.currency", "is required"),
                price("{\"currency\": \"EUR\"}", "price.amount", "is required"),
                price("{}", "price.amount", "is required"),
                price("null", "price", "is required"),
                price("\"19.90 EUR\"", "price", "must be an object"),
                price("\"\"", "price", "must be an object"),
                price("[]", "price", "must be an object"),
                // texts
                name("null", "is required"),
                name("\"\"", "must not be blank"),
                name("\"  \\t\"", "must not be blank"),
                name("\"" + LONG + "\"", "must be up to 200 characters"),
                name("\"a\\u0000b\"", "control characters"),
                name("\"a\\u001bb\"", "control characters"),
                name("\"a\\u007fb\"", "control characters"),
                name("\"a\\u0085b\"", "control characters"),
                name("\"a\\ud800b\"", "surrogate"),
                name("\"a\\udc00\"", "surrogate"),
                name("\"a\\udc00\\ud800\"", "surrogate"),
                name("5", "must be a text in quotes"),
                name("true", "must be a text in quotes"),
                name("1.5", "must be a text in quotes"),
                name("[\"Mug\"]", "must be a text in quotes"),
                name("{}", "must be a text in quotes"),
                putting(
                        PRODUCT,
                        "{\"name\": \"Mug\", \"price\": {\"amount\": \"1\", \"currency\": \"EUR\"},"
                                + " \"category\": \"" + LONG + "\"}",
                        "category",
                        "up to 200"),
                // orders
                order("\"customer-1\"", "null", "customerId", "is required"),
                order("\"customerId\": \"customer-1\",", "", "customerId", "is required"),
                order("customer-1", "", "customerId", "1 to 64 characters"),
                order("customer-1", "x".repeat(65), "customerId", "1 to 64 characters"),
                order("customer-1", "ada@example.org", "customerId", "1 to 64 characters"),
                order("customer-1", "ä", "customerId", "1 to 64 characters"),
                order("customer-1", "c\\n", "customerId", "1 to 64 characters"),
                order("\"customer-1\"", "1", "customerId", "must be a text"),
                order(ONE_LINE, "[]", "lines", "must have 1 to 100 lines"),
                order(ONE_LINE, lines(101), "lines", "must have 1 to 100 lines"),
                order(ONE_LINE, "null", "lines", "is required"),
                order(ONE_LINE, "{}", "lines", "must be a list"),
                order(ONE_LINE, "\"\"", "lines", "must be a list"),
                order(ONE_LINE, "{\"sku\": \"CUP-WHITE\", \"quantity\": 2}", "lines", "must be a list"),
                order(ONE_LINE, "[null]", "lines[0]", "is required"),
                order(ONE_LINE, "[5]", "lines[0]", "must be an object"),
                order(ONE_LINE, "[{}]", "lines[0].sku", "is required"),
                order("CUP-WHITE", "CUP WHITE", "lines[0].sku", "1 to 64 characters"),
                order("CUP-WHITE", "", "lines[0].sku", "1 to 64 characters"),
                order("CUP-WHITE", "x".repeat(65), "lines[0].sku", "1 to 64 characters"),
                order("\"CUP-WHITE\"", "17", "lines[0].sku", "must be a text"),
                order(PAYMENT, "null", "payment", "is required"),
                order(PAYMENT, "\"tok_ok\"", "payment", "must be an object"),
                order("\"card\"", "null", "payment.method", "is required"),
                order("card", "x".repeat(65), "payment.method", "up to 64"),
                order("tok_ok", "", "payment.token", "must not be blank"),
                order("tok_ok", LONG, "payment.token", "up to 200"),
                order("tok_ok", "tok\\u0000", "payment.token", "control characters"),
                order(ADDRESS, "null", "shippingAddress", "is required"),
                order(ADDRESS, "\"London\"", "shippingAddress", "must be an object"),
                order("Ada Lovelace", LONG, "shippingAddress.recipient", "up to 200"),
                order("London", "Lon\\u0000don", "shippingAddress.city", "control characters"),
                order("\"GB\"", "44", "shippingAddress.country", "must be a text"));
    }

    private static final String ORDER = "/api/orders/00000000-0000-0000-0000-000000000001/";

    private static Case refunding(String part, String instead, String field, String rule) {
        String body =
                "{\"lines\": [{\"sku\": \"CUP-WHITE\", \"quantity\": 2}], \"reason\": \"broken\", \"restock\": true}";
        assertThat(body).contains(part);
        return posting(ORDER + "refunds", body.replace(part, instead), field, rule);
    }

    private static Case delivered(String at, String rule) {
        return posting(ORDER + "delivery", "{\"deliveredAt\": " + at + "}", "deliveredAt", rule);
    }

    static Stream<Case> requestsAboutOrders() {
        return Stream.of(
                posting(ORDER + "cancellation", "{}", "reason", "is required"),
                posting(ORDER + "cancellation", "{\"reason\": null}", "reason", "is required"),
                posting(ORDER + "cancellation", "{\"reason\": \" \"}", "reason", "must not be blank"),
                posting(ORDER + "cancellation", "{\"reason\": 7}", "reason", "must be a text"),
                posting(ORDER + "cancellation", "{\"reason\": \"" + LONG + "\"}", "reason", "up to 200"),
                posting(ORDER + "cancellation", "{\"reason\": \"a\\u0000\"}", "reason", "control characters"),
                posting(ORDER + "cancellation?dryRun=true", "{}", "reason", "is required"),
                posting(ORDER + "cancellation?dryRun=maybe", "{\"reason\": \"x\"}", "dryRun", "must be true or false"),
                posting("/api/orders/17/cancellation", "{\"reason\": \"x\"}", "orderId", "must be a UUID"),
                posting(ORDER + "shipment", "{\"trackingNumber\": \"x\"}", "carrier", "is required"),
                posting(ORDER + "shipment", "{\"carrier\": \"x\"}", "trackingNumber", "is required"),
                posting(
                        ORDER + "shipment",
                        "{\"carrier\": \"\", \"trackingNumber\": \"x\"}",
                        "carrier",
                        "must not be blank"),
                posting(
                        ORDER + "shipment",
                        "{\"carrier\": \"x\", \"trackingNumber\": \"" + LONG + "\"}",
                        "trackingNumber",
                        "up to 200"),
                posting("/api/orders/17/shipment", "{}", "orderId", "must be a UUID"),
                delivered("\"2999-01-01T00:00:00Z\"", "must not be in the future"),
                delivered("\"yesterday\"", "ISO 8601"),
                delivered("\"2026-11-21T10:15:30\"", "ISO 8601"),
                delivered("\"-4800-01-01T00:00:00Z\"", "ISO 8601"),
                delivered("\"\"", "ISO 8601"),
                delivered("1795252530", "ISO 8601"),
                delivered("1.5", "ISO 8601"),
                delivered("true", "ISO 8601"),
                delivered("{}", "ISO 8601"),
                refunding(ONE_LINE, "[]", "lines", "1 to 100 lines"),
                refunding(ONE_LINE, lines(101), "lines", "1 to 100 lines"),
                refunding(ONE_LINE, "{}", "lines", "must be a list"),
                refunding(ONE_LINE, "[null]", "lines[0]", "is required"),
                refunding("\"quantity\": 2", "\"quantity\": 0", "lines[0].quantity", "1 to 10000"),
                refunding("\"quantity\": 2", "\"quantity\": -2", "lines[0].quantity", "1 to 10000"),
                refunding("\"quantity\": 2", "\"quantity\": 10001", "lines[0].quantity", "1 to 10000"),
                refunding("\"quantity\": 2", "\"quantity\": 1.5", "lines[0].quantity", "whole number"),
                refunding("\"CUP-WHITE\"", "\"a b\"", "lines[0].sku", "1 to 64 characters"),
                refunding("\"CUP-WHITE\"", "null", "lines[0].sku", "is required"),
                refunding("\"broken\"", "null", "reason", "is required"),
                refunding("\"broken\"", "\"\"", "reason", "must not be blank"),
                refunding("\"broken\"", "\"" + LONG + "\"", "reason", "up to 200"),
                refunding("true", "null", "restock", "is required"),
                refunding("true", "\"true\"", "restock", "must be true or false"),
                refunding("true", "1", "restock", "must be true or false"),
                new Case(
                        "POST",
                        ORDER + "refunds",
                        "{\"reason\": \"x\", \"restock\": true}",
                        Map.of("Idempotency-Key", "k".repeat(129)),
                        "Idempotency-Key",
                        "1 to 128 printable"));
    }

    static Stream<Case> headers() {
        return Stream.of(
                new Case("POST", "/api/orders", OrderControllerTest.BODY, Map.of(), "Idempotency-Key", "is required"),
                orderWith("Idempotency-Key", "", "1 to 128 printable"),
                orderWith("Idempotency-Key", "k".repeat(129), "1 to 128 printable"),
                orderWith("Idempotency-Key", "a\tb", "1 to 128 printable"),
                orderWith("X-Correlation-ID", "", "1 to 128 printable"),
                orderWith("X-Correlation-ID", "c".repeat(129), "1 to 128 printable"),
                orderWith("X-Correlation-ID", "a\tb", "1 to 128 printable"),
                orderWith("Prefer", "wait=0", "1 to 30 seconds"),
                orderWith("Prefer", "wait=31", "1 to 30 seconds"),
                orderWith("Prefer", "wait=-1", "1 to 30 seconds"),
                orderWith("Prefer", "wait=1.5", "1 to 30 seconds"),
                orderWith("Prefer", "wait=soon", "1 to 30 seconds"),
                orderWith("Prefer", "wait=", "1 to 30 seconds"),
                orderWith("Prefer", "wait", "1 to 30 seconds"),
                orderWith("Prefer", "wait=99999999999999999999", "1 to 30 seconds"),
                orderWith("Prefer", "respond-async, wait=31", "1 to 30 seconds"));
    }

    static Stream<Case> requestsAboutEvents() {
        String events = "/api/eventstore/events";
        String replay = "/api/eventstore/replay/";
        return Stream.of(
                getting(events + "?page=-1", "page", "must be 0 to 10000000"),
                getting(events + "?page=one", "page", "must be a whole number"),
                getting(events + "?size=201", "size", "must be 1 to 200"),
                getting(events + "?type=OrderLost", "type", "the name of an event"),
                getting(events + "?type=", "type", "the name of an event"),
                getting(events + "?type=io.orderworkflow.api.order.OrderPlaced", "type", "the name of an event"),
                getting(events + "?from=yesterday", "from", "ISO 8601"),
                getting(events + "?to=1795252530", "to", "ISO 8601"),
                getting(events + "?from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z", "from", "must not be after to"),
                getting(events + "?after=here", "after", "must be a whole number"),
                getting(events + "?after=-2", "after", "must be a position"),
                getting(events + "?after=9223372036854775807", "after", "must be a position"),
                getting(events + "?after=9223372036854775808", "after", "must be a whole number"),
                getting(events + "?aggregateId=", "aggregateId", "1 to 255 printable"),
                getting(events + "?aggregateId=%00", "aggregateId", "1 to 255 printable"),
                getting(events + "?aggregateId=" + "x".repeat(256), "aggregateId", "1 to 255 printable"),
                getting(replay + "Invoice/1", "aggregateType", "must be one of Cart, Order"),
                getting(replay + "order/1", "aggregateType", "must be one of Cart, Order"),
                getting(replay + "Order/" + "x".repeat(256), "aggregateId", "1 to 255 printable"),
                getting(replay + "Order/1?fromDate=yesterday", "fromDate", "ISO 8601"),
                getting(replay + "Order/1?at=yesterday", "at", "ISO 8601"),
                getting(replay + "Order/1?at=-1", "at", "the number of an event"),
                getting(replay + "Order/1?at=", "at", "the number of an event"),
                getting(replay + "Order/1?at=9223372036854775808", "at", "the number of an event"));
    }

    static Stream<Case> addresses() {
        return Stream.concat(
                Stream.of("/api/orders", "/api/customers/c-1/orders", "/api/products", "/api/inventory")
                        .flatMap(list -> Stream.of(
                                getting(list + "?page=-1", "page", "must be 0 to 10000000"),
                                getting(list + "?page=10000001", "page", "must be 0 to 10000000"),
                                getting(list + "?page=one", "page", "must be a whole number"),
                                getting(list + "?page=1.5", "page", "must be a whole number"),
                                getting(list + "?page=99999999999", "page", "must be a whole number"),
                                getting(list + "?size=0", "size", "must be 1 to 200"),
                                getting(list + "?size=201", "size", "must be 1 to 200"),
                                getting(list + "?size=-20", "size", "must be 1 to 200"),
                                getting(list + "?size=all", "size", "must be a whole number"),
                                getting(list + "?sort=password", "sort", "must be one of"),
                                getting(list + "?sort=sku,down", "sort", "must be one of"),
                                getting(list + "?sort=,desc", "sort", "must be one of"),
                                getting(list + "?sort=sku;drop%20table", "sort", "must be one of"))),
                Stream.of(
                        getting("/api/inventory/CUP-WHITE/movements?size=201", "size", "must be 1 to 200"),
                        getting("/api/inventory/CUP-WHITE/movements?page=-1", "page", "must be 0 to 10000000"),
                        getting("/api/inventory?low=perhaps", "low", "must be true or false"),
                        getting("/api/orders?status=LOST", "status", "must be one of PLACED, RESERVED, CONFIRMED"),
                        getting("/api/orders?status=placed", "status", "must be one of PLACED"),
                        getting("/api/orders?status=PLACED,", "status", "must be one of PLACED"),
                        getting("/api/orders?status=PLACED,LOST", "status", "must be one of PLACED"),
                        getting("/api/orders?customerId=a%20b", "customerId", "1 to 64 characters"),
                        getting("/api/orders?customerId=", "customerId", "1 to 64 characters"),
                        getting("/api/orders?sku=" + "x".repeat(65), "sku", "1 to 64 characters"),
                        getting("/api/orders?sku=%00", "sku", "1 to 64 characters"),
                        getting("/api/orders?from=yesterday", "from", "ISO 8601"),
                        getting("/api/orders?from=2026-13-45T00:00:00Z", "from", "ISO 8601"),
                        getting("/api/orders?from=2026-11-21T10:15:30", "from", "ISO 8601"),
                        getting("/api/orders?from=1795252530", "from", "ISO 8601"),
                        getting("/api/orders?from=%2B999999999-01-01T00:00:00Z", "from", "ISO 8601"),
                        getting("/api/orders?from=-4800-01-01T00:00:00Z", "from", "ISO 8601"),
                        getting("/api/orders?to=never", "to", "ISO 8601"),
                        getting(
                                "/api/orders?from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z",
                                "from",
                                "must not be after to"),
                        getting("/api/orders/17", "orderId", "must be a UUID"),
                        getting("/api/orders/1-1-1-1-1", "orderId", "must be a UUID"),
                        getting("/api/orders/x/timeline", "orderId", "must be a UUID"),
                        getting("/api/orders/00000000-0000-0000-0000-00000000000g", "orderId", "must be a UUID"),
                        getting("/api/payments/17", "paymentId", "must be a UUID"),
                        getting("/api/customers/a%20b/orders", "customerId", "1 to 64 characters"),
                        getting("/api/customers/" + "c".repeat(65) + "/orders", "customerId", "1 to 64 characters"),
                        getting("/api/inventory/a%20b", "sku", "1 to 64 characters"),
                        getting("/api/inventory/a%3Bb", "sku", "1 to 64 characters"),
                        getting("/api/inventory/" + "x".repeat(65), "sku", "1 to 64 characters"),
                        getting("/api/inventory/%C3%A4/movements", "sku", "1 to 64 characters"),
                        putting("/api/products/a%20b", "{\"name\": \"x\"}", "sku", "1 to 64 characters"),
                        posting("/api/inventory/a%20b/receipts", "{\"quantity\": 1}", "sku", "1 to 64 characters")));
    }

    @ParameterizedTest
    @MethodSource({"bodies", "headers", "addresses", "requestsAboutOrders", "requestsAboutEvents"})
    void tellsTheFieldAndTheRule(Case bad) {
        Answer answer = send(bad).isProblem(ProblemType.INVALID_REQUEST);

        Map<String, String> errors = new HashMap<>();
        for (JsonNode error : answer.json().path("errors")) {
            errors.put(error.path("field").asString(), error.path("rule").asString());
        }
        assertThat(errors).containsKey(bad.field());
        assertThat(errors.get(bad.field())).contains(bad.rule());
        assertThat(answer.json().path("detail").asString()).contains(bad.field());
        assertThat(backend.commands()).isEmpty();
        assertThat(backend.queries()).isEmpty();
    }

    static Stream<String> malformedBodies() {
        return Stream.of(
                "{",
                "{\"quantity\": 1",
                "{\"quantity\": 1,}",
                "{quantity: 1}",
                "{'quantity': 1}",
                "{\"quantity\": 01}",
                "{\"quantity\": +1}",
                "{\"quantity\": NaN}",
                "{\"quantity\": 1} x",
                "{\"quantity\": 1, \"quantity\": 2}",
                "{\"quantity\": 1, \"other\": {\"a\": 1, \"a\": 2}}",
                "{\"quantity\": 1 /* one */}",
                "{\"quantity\": " + "9".repeat(200) + "}",
                "{\"quantity\": 1, \"reference\": \"a\nb\"}",
                "{\"quantity\": 1, \"reference\": \"\\x\"}",
                "{\"quantity\": 1, \"reference\": \"\\u12\"}",
                "{\"quantity\": 1, \"other\": " + "[".repeat(100) + "]".repeat(100) + "}",
                "{\"quantity\": 1, \"other\": " + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000) + "}",
                "quantity=1",
                "<quantity>1</quantity>");
    }

    @ParameterizedTest
    @MethodSource("malformedBodies")
    void takesNoMalformedBody(String body) {
        post(RECEIPTS, body).isProblem(ProblemType.MALFORMED_REQUEST);

        assertThat(backend.commands()).isEmpty();
    }

    static Stream<byte[]> malformedBytes() {
        return Stream.of(
                new byte[] {'{', '"', (byte) 0xC3, '(', '"', ':', '1', '}'},
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'},
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"', '}'},
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xE2},
                new byte[] {0, 1, 2, 3});
    }

    @ParameterizedTest
    @MethodSource("malformedBytes")
    void takesNoMalformedEncoding(byte[] body) {
        Answer answer = send("POST", RECEIPTS, BodyPublishers.ofByteArray(body), "Content-Type", "application/json");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(backend.commands()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("otherBodies")
    void needsOneObjectAsBody(String body) {
        Answer answer = post(RECEIPTS, body).isProblem(ProblemType.INVALID_REQUEST);

        assertThat(answer.json().path("errors").get(0).path("field").asString()).isEqualTo("body");
    }

    static Stream<String> otherBodies() {
        return Stream.of("", "  ", "null", "[]", "5", "\"text\"", "true", "{\"quantity\": 1} {}", "[".repeat(500_000));
    }

    @Test
    void tellsOfAllThatIsWrongAtOnce() {
        Answer answer = post(
                        "/api/orders",
                        "{\"customerId\": \"\", \"lines\": [{\"quantity\": 0}, {\"sku\": \"A\", \"quantity\": 10001}],"
                                + " \"payment\": {}}",
                        "Idempotency-Key",
                        "key-1")
                .isProblem(ProblemType.INVALID_REQUEST);

        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactly(
                        "customerId",
                        "lines[0].quantity",
                        "lines[0].sku",
                        "lines[1].quantity",
                        "payment.method",
                        "payment.token",
                        "shippingAddress");
    }

    @Test
    void doesNotTellOfThousandsOfErrors() {
        String manyLines =
                IntStream.range(0, 5_000).mapToObj(i -> "{}").toList().toString();
        Answer answer = post(
                        "/api/orders",
                        OrderControllerTest.BODY.replace(ONE_LINE, manyLines),
                        "Idempotency-Key",
                        "key-1")
                .isProblem(ProblemType.INVALID_REQUEST);

        assertThat(answer.json().path("errors").size()).isEqualTo(20);
        assertThat(answer.body().length()).isLessThan(3_000);
    }

    @Test
    void saysTheSameInEveryLanguage() {
        Answer answer = post(RECEIPTS, "{\"quantity\": 0}", "Accept-Language", "de");

        assertThat(answer.json().path("detail").asString()).isEqualTo("quantity must be 1 to 1000000000");
    }

    @Test
    void takesAKeyOnlyOnce() {
        Answer answer = post(
                        "/api/orders", OrderControllerTest.BODY, "Idempotency-Key", "key-1", "Idempotency-Key", "key-2")
                .isProblem(ProblemType.INVALID_REQUEST);

        assertThat(answer.json().path("errors").get(0).path("field").asString()).isEqualTo("Idempotency-Key");
        assertThat(backend.commands()).isEmpty();
    }

    static Stream<Case> limits() {
        return Stream.of(
                quantity("10000", ""),
                order(ONE_LINE, lines(100), "", ""),
                order("customer-1", "x".repeat(64), "", ""),
                order("customer-1", "A.b_c-9", "", ""),
                order("Ada Lovelace", "😀".repeat(200), "", ""),
                order("Ada Lovelace", "line one\\nline two\\t\\r", "", ""),
                order(ADDRESS, "{}", "", ""),
                order(ADDRESS, "{\"zip\": \"12345\", \"more\": [1, {\"a\": null}]}", "", ""),
                order("tok_ok", "t".repeat(200), "", ""),
                orderWith("Idempotency-Key", "k".repeat(128), ""),
                orderWith("Idempotency-Key", "a key! \"with\" ~ all sorts of {characters}", ""),
                orderWith("X-Correlation-ID", "c".repeat(128), ""),
                amount("999999999.99", ""),
                amount("0", ""),
                amount("0.00", ""),
                price("{\"amount\": \"1.234\", \"currency\": \"KWD\"}", "", ""),
                name("\"" + "x".repeat(200) + "\"", ""),
                received("999999999", ""),
                posting(RECEIPTS, "{\"quantity\": 1, \"reference\": \"\"}", "", ""),
                posting(RECEIPTS, "{\"quantity\": 1, \"reference\": null}", "", ""),
                refunding(ONE_LINE, "null", "", ""),
                refunding(ONE_LINE, lines(100), "", ""),
                refunding("\"quantity\": 2", "\"quantity\": 10000", "", ""),
                refunding("\"broken\"", "\"" + "x".repeat(200) + "\"", "", ""),
                delivered("\"0001-01-01T00:00:00Z\"", ""),
                putting(REORDER_POINT, "{\"quantity\": 0}", "", ""),
                putting(REORDER_POINT, "{\"quantity\": 1000000000}", "", ""),
                getting("/api/orders?size=200&page=10000000", "", ""),
                getting("/api/orders?size=1&sort=settledAt,asc&status=&unknown=1", "", ""),
                getting("/api/orders?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z", "", ""),
                getting("/api/orders?from=2026-11-21T00:00:00Z&to=2026-11-21T00:00:00Z", "", ""));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void takesWhatIsJustWithinTheLimits(Case good) {
        assertThat(send(good).status()).isBetween(200, 299);
    }

    private Answer send(Case request) {
        String[] headers = request.headers().entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                .toArray(String[]::new);
        return switch (request.method()) {
            case "PUT" -> put(request.path(), request.body(), headers);
            case "POST" -> post(request.path(), request.body(), headers);
            default -> get(request.path(), headers);
        };
    }
}
