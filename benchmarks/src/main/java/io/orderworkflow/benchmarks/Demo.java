package io.orderworkflow.benchmarks;

import io.orderworkflow.benchmarks.WorkflowApi.Answer;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.JsonNode;

/** Places one order of each kind over HTTP, and prints what happened to each, in words. */
final class Demo {

    private static final String USAGE = "usage: scripts/demo [--url http://localhost:8080]";

    /** How long the program may be away, and an order take beyond the payment's time limit. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** An order that is settled may still be cleaned up behind: its timeline is at its end when it stays as it is. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    private static final Set<String> FINAL = Set.of("REJECTED", "CANCELLED", "DELIVERED");
    private static final String CANCELLED = "CANCELLED";

    /** Where the payment stands depends on how far it came. */
    private static final String ANY = "any";

    private final WorkflowApi api;
    private final PrintStream out;
    private final String run = Program.newRun();
    private final String cup = "demo-cup-" + run;
    private final String teapot = "demo-teapot-" + run;

    private Demo(WorkflowApi api, PrintStream out) {
        this.api = api;
        this.out = out;
    }

    /** Ends with 0 only if every order ended as it should. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        System.exit(run(out, arguments));
    }

    private static int run(PrintStream out, String... arguments) {
        try {
            URI url = url(arguments);
            WorkflowApi api = new WorkflowApi(url, PATIENCE);
            Program.awaitStart(api, url, out);
            return new Demo(api, out).succeeds() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(USAGE);
            return 2;
        } catch (IllegalStateException | CompletionException e) {
            out.println("GIVEN UP: " + e.getMessage());
            return 1;
        }
    }

    private static URI url(String... arguments) {
        if (arguments.length == 0) {
            return URI.create("http://localhost:8080");
        }
        if (arguments.length == 2 && arguments[0].equals("--url")) {
            return URI.create(arguments[1]);
        }
        throw new IllegalArgumentException("unknown arguments: " + String.join(" ", arguments));
    }

    private boolean succeeds() {
        Stock stock = new Stock(api, PATIENCE);
        stock.supply(cup, "Espresso cup", 20);
        stock.supply(teapot, "Teapot", 1);
        out.println("There are 20 pieces of " + cup + " and 1 of " + teapot + ".");

        List<Kind> kinds = kinds();
        List<Placed> orders = new ArrayList<>();
        // All before the first is shown: the last one takes long.
        kinds.forEach(kind -> orders.add(begin(kind)));

        boolean asExpected = true;
        for (int i = 0; i < orders.size(); i++) {
            out.println();
            out.println("%d. An order %s".formatted(i + 1, orders.get(i).kind().what()));
            asExpected &= show(orders.get(i));
        }
        out.println();
        out.println(
                asExpected
                        ? "All %d ended as they should.".formatted(orders.size())
                        : "NOT ALL OF THEM ENDED AS THEY SHOULD.");
        return asExpected;
    }

    private List<Kind> kinds() {
        return List.of(
                new Kind("that can be fulfilled", cups(2), "tok_ok", Then.NOTHING, "CONFIRMED", "", "CAPTURED"),
                new Kind(
                        "for more than is in stock",
                        List.of(new Line(cup, 1), new Line(teapot, 3)),
                        "tok_ok",
                        Then.NOTHING,
                        "REJECTED",
                        "OUT_OF_STOCK",
                        ""),
                new Kind(
                        "whose payment is declined",
                        cups(1),
                        "tok_declined",
                        Then.NOTHING,
                        "REJECTED",
                        "PAYMENT_DECLINED",
                        "DECLINED"),
                new Kind(
                        "whose provider is not available at first",
                        cups(1),
                        "tok_flaky",
                        Then.NOTHING,
                        "CONFIRMED",
                        "",
                        "CAPTURED"),
                new Kind(
                        "whose provider's answer is lost",
                        cups(1),
                        "tok_lost",
                        Then.NOTHING,
                        "CONFIRMED",
                        "",
                        "CAPTURED"),
                new Kind(
                        "that is cancelled at once",
                        cups(1),
                        "tok_ok",
                        Then.CANCEL_AT_ONCE,
                        "CANCELLED",
                        CANCELLED,
                        ANY),
                new Kind(
                        "that is cancelled while it is being paid",
                        cups(1),
                        "tok_flaky",
                        Then.CANCEL_DURING_PAYMENT,
                        "CANCELLED",
                        CANCELLED,
                        ANY),
                new Kind(
                        "that is cancelled after it was paid",
                        cups(1),
                        "tok_ok",
                        Then.CANCEL_WHEN_CONFIRMED,
                        "CANCELLED",
                        CANCELLED,
                        "REFUNDED"),
                new Kind(
                        "that is delivered, and of which one piece comes back",
                        cups(2),
                        "tok_ok",
                        Then.DELIVER_AND_REFUND_ONE,
                        "DELIVERED",
                        "",
                        "PARTIALLY_REFUNDED"),
                new Kind(
                        "whose payment is never answered",
                        cups(1),
                        "tok_silent",
                        Then.NOTHING,
                        "REJECTED",
                        "PAYMENT_TIMEOUT",
                        ANY));
    }

    private List<Line> cups(int quantity) {
        return List.of(new Line(cup, quantity));
    }

    /** Places an order, and does with it what has to be done soon. */
    private Placed begin(Kind kind) {
        String orderId = place(kind);
        List<String> plan = switch (kind.then()) {
            case NOTHING -> List.of();
            case CANCEL_AT_ONCE -> cancel(orderId);
            case CANCEL_DURING_PAYMENT -> {
                awaitStatus(orderId, "RESERVED", "CONFIRMED");
                yield cancel(orderId);
            }
            case CANCEL_WHEN_CONFIRMED -> {
                awaitStatus(orderId, "CONFIRMED");
                yield cancel(orderId);
            }
            case DELIVER_AND_REFUND_ONE -> {
                awaitStatus(orderId, "CONFIRMED");
                deliverAndRefundOne(orderId);
                yield List.of();
            }
        };
        return new Placed(kind, orderId, plan);
    }

    /** Cancels an order, and answers what it was said before that this would do. */
    private List<String> cancel(String orderId) {
        Map<String, Object> because = Map.of("reason", "changed my mind");
        String cancellation = "/api/orders/" + orderId + "/cancellation";
        List<String> plan = new ArrayList<>();
        api.post(cancellation + "?dryRun=true", because, orderId)
                .expecting(200)
                .body()
                .path("actions")
                .forEach(action -> plan.add(action.path("text").asString()));
        api.post(cancellation, because, orderId).expecting(202);
        return plan;
    }

    private void deliverAndRefundOne(String orderId) {
        String order = "/api/orders/" + orderId;
        api.post(order + "/shipment", Map.of("carrier", "Post", "trackingNumber", "RR " + run), orderId)
                .expecting(202);
        api.post(order + "/delivery", Map.of(), orderId).expecting(202);
        Map<String, Object> oneCup = Map.of("lines", cups(1), "reason", "one too many", "restock", true);
        api.post(order + "/refunds", oneCup, "refund-" + orderId).expecting(202);
    }

    private String place(Kind kind) {
        Map<String, Object> order = Map.of(
                "customerId", "demo-" + run,
                "lines", kind.lines(),
                "payment", Map.of("method", "card", "token", kind.token()),
                "shippingAddress", Map.of("recipient", "Ada Lovelace", "city", "London", "country", "GB"));
        return api.place("demo-%s-%s".formatted(run, kind.what().replaceAll("[^a-z]+", "-")), order, Duration.ZERO)
                .join()
                .expecting(202)
                .body()
                .path("orderId")
                .asString();
    }

    private boolean show(Placed placed) {
        Kind kind = placed.kind();
        if (kind.token().equals("tok_silent")) {
            out.println(
                    "   Waiting until the order gives up on it: after 2 minutes, unless the program was started with");
            out.println("   another limit, such as --order-workflow.saga.payment-timeout=10s ...");
        }
        awaitStatus(placed.orderId(), kind.status());
        if (!placed.plan().isEmpty()) {
            out.println("   It was said before what a cancellation would do: " + String.join("; ", placed.plan()));
        }
        List<JsonNode> entries = timelineAtItsEnd(placed.orderId());
        JsonNode order = order(placed.orderId());
        Instant placedAt = Instant.parse(order.path("placedAt").asString());
        for (JsonNode entry : entries) {
            Duration after =
                    Duration.between(placedAt, Instant.parse(entry.path("at").asString()));
            out.println(String.format(
                    Locale.ROOT,
                    "   %+9.3f s  %-26s  %s",
                    after.toNanos() / 1e9,
                    entry.path("type").asString(),
                    entry.path("text").asString()));
        }
        String status = order.path("status").asString();
        String reason = order.path("statusReason").path("code").asString("");
        String payment = order.path("payment").path("status").asString("");
        out.println("   order %s: %s%s"
                .formatted(
                        placed.orderId(),
                        reason.isEmpty() || reason.equals(status) ? status : status + " " + reason,
                        payment.isEmpty() ? "" : ", payment " + payment));
        return status.equals(kind.status())
                && reason.equals(kind.reason())
                && (kind.payment().equals(ANY) || payment.equals(kind.payment()));
    }

    private JsonNode order(String orderId) {
        return api.get("/api/orders/" + orderId).expecting(200).body();
    }

    /** Waits for one of these, or for an end that cannot become one of them. */
    private void awaitStatus(String orderId, String... expected) {
        Set<String> awaited = Set.of(expected);
        long begun = System.nanoTime();
        while (true) {
            // Not found: it was accepted, and is not seen yet.
            Answer answer = api.get("/api/orders/" + orderId).expecting(200, 404);
            String status = answer.body()
                    .path(answer.status() == 200 ? "status" : "title")
                    .asString();
            if (awaited.contains(status) || FINAL.contains(status)) {
                return;
            }
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("order %s is still: %s".formatted(orderId, status));
            }
            Pause.of(Duration.ofMillis(50));
        }
    }

    private List<JsonNode> timelineAtItsEnd(String orderId) {
        List<JsonNode> entries = timeline(orderId);
        long lastChange = System.nanoTime();
        while (System.nanoTime() - lastChange < QUIET.toNanos()) {
            Pause.of(Duration.ofMillis(200));
            List<JsonNode> now = timeline(orderId);
            if (now.size() != entries.size()) {
                entries = now;
                lastChange = System.nanoTime();
            }
        }
        return entries;
    }

    private List<JsonNode> timeline(String orderId) {
        Answer answer = api.get("/api/orders/" + orderId + "/timeline").expecting(200);
        List<JsonNode> entries = new ArrayList<>();
        answer.body().path("items").forEach(entries::add);
        return entries;
    }

    /**
     * One kind of order.
     *
     * @param what in words
     * @param lines what is ordered
     * @param token what it is paid with
     * @param then what is done with it
     * @param status how it has to end
     * @param reason why, where it is rejected or cancelled
     * @param payment where its payment has to end
     */
    private record Kind(
            String what, List<Line> lines, String token, Then then, String status, String reason, String payment) {}

    /** What is done with an order once it is placed. */
    private enum Then {
        NOTHING,
        CANCEL_AT_ONCE,
        CANCEL_DURING_PAYMENT,
        CANCEL_WHEN_CONFIRMED,
        DELIVER_AND_REFUND_ONE
    }

    /**
     * An order that was placed.
     *
     * @param plan what it was said that its cancellation would do, if it was cancelled
     */
    private record Placed(Kind kind, String orderId, List<String> plan) {}

    private record Line(String sku, int quantity) {}
}
