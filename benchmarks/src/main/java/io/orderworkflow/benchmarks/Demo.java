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

    private static final Set<String> OPEN = Set.of("PLACED", "RESERVED");

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
        stock.supply(cup, "Espresso cup", 10);
        stock.supply(teapot, "Teapot", 1);
        out.println("There are 10 pieces of " + cup + " and 1 of " + teapot + ".");

        List<Kind> kinds = List.of(
                new Kind("that can be fulfilled", List.of(new Line(cup, 2)), "tok_ok", "CONFIRMED", ""),
                new Kind(
                        "for more than is in stock",
                        List.of(new Line(cup, 1), new Line(teapot, 3)),
                        "tok_ok",
                        "REJECTED",
                        "OUT_OF_STOCK"),
                new Kind(
                        "whose payment is declined",
                        List.of(new Line(cup, 1)),
                        "tok_declined",
                        "REJECTED",
                        "PAYMENT_DECLINED"),
                new Kind(
                        "whose payment is never answered",
                        List.of(new Line(cup, 1)),
                        "tok_silent",
                        "REJECTED",
                        "PAYMENT_TIMEOUT"));
        List<String> orderIds = new ArrayList<>();
        // All before the first is shown: the last one takes long.
        kinds.forEach(kind -> orderIds.add(place(kind)));

        boolean asExpected = true;
        for (int i = 0; i < kinds.size(); i++) {
            out.println();
            out.println("%d. An order %s".formatted(i + 1, kinds.get(i).what()));
            asExpected &= show(kinds.get(i), orderIds.get(i));
        }
        out.println();
        out.println(asExpected ? "All four ended as they should." : "NOT ALL OF THEM ENDED AS THEY SHOULD.");
        return asExpected;
    }

    private String place(Kind kind) {
        Map<String, Object> order = Map.of(
                "customerId", "demo-" + run,
                "lines", kind.lines(),
                "payment", Map.of("method", "card", "token", kind.token()),
                "shippingAddress", Map.of("recipient", "Ada Lovelace", "city", "London", "country", "GB"));
        return api.place("demo-%s-%s".formatted(run, kind.what().replace(' ', '-')), order, Duration.ZERO)
                .join()
                .expecting(202)
                .body()
                .path("orderId")
                .asString();
    }

    private boolean show(Kind kind, String orderId) {
        JsonNode order = settled(orderId, kind.token().equals("tok_silent"));
        Instant placedAt = Instant.parse(order.path("placedAt").asString());
        for (JsonNode entry : timelineAtItsEnd(orderId)) {
            Duration after =
                    Duration.between(placedAt, Instant.parse(entry.path("at").asString()));
            out.println(String.format(
                    Locale.ROOT,
                    "   %+9.3f s  %-24s  %s",
                    after.toNanos() / 1e9,
                    entry.path("type").asString(),
                    entry.path("text").asString()));
        }
        String status = order.path("status").asString();
        String reason = order.path("statusReason").path("code").asString("");
        out.println("   order %s: %s".formatted(orderId, (status + " " + reason).strip()));
        return status.equals(kind.status()) && reason.equals(kind.reason());
    }

    private JsonNode settled(String orderId, boolean takesLong) {
        long begun = System.nanoTime();
        boolean said = false;
        while (true) {
            JsonNode order = api.get("/api/orders/" + orderId).expecting(200).body();
            if (!OPEN.contains(order.path("status").asString())) {
                return order;
            }
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("order %s is still %s".formatted(orderId, order.path("status")));
            }
            if (takesLong && !said) {
                out.println("   Waiting until the order gives up on it: after 2 minutes, unless the program was started"
                        + " with");
                out.println("   another limit, such as --order-workflow.saga.payment-timeout=10s ...");
                said = true;
            }
            Pause.of(Duration.ofMillis(100));
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
     * @param status how it has to end
     * @param reason why, where it is rejected
     */
    private record Kind(String what, List<Line> lines, String token, String status, String reason) {}

    private record Line(String sku, int quantity) {}
}
