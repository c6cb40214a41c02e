package io.orderworkflow.benchmarks;

import io.orderworkflow.benchmarks.Stock.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;

/**
 * Compares what became of the orders of a run, and of the stock, with what had to.
 *
 * <p>An order that the provider does not decline has to be confirmed. Only when the program was away for a while may it
 * have been rejected instead, because a deadline passed meanwhile: then the stock has to be back.
 */
final class Audit {

    private static final int FAULTS_SHOWN = 10;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Workload workload;
    private final Map<String, Workload.Order> ordersById;
    private final boolean wasAway;
    private final Map<String, Long> taken = new HashMap<>();
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private int confirmed;
    private int declined;
    private int late;

    /**
     * Creates an audit.
     *
     * @param ordersById what was ordered, by the identifiers that the program gave
     * @param wasAway whether the program was away for a while
     */
    Audit(Workload workload, Map<String, Workload.Order> ordersById, boolean wasAway) {
        this.workload = workload;
        this.ordersById = ordersById;
        this.wasAway = wasAway;
    }

    /** Takes an order as it is shown at the end. */
    void add(JsonNode shown) {
        String orderId = shown.path("orderId").asString();
        Workload.Order order = ordersById.get(orderId);
        String status = shown.path("status").asString();
        String reason = shown.path("statusReason").path("code").asString("");
        if (order == null) {
            faults.add("order %s was never placed".formatted(orderId));
            return;
        }
        if (status.equals("CONFIRMED")) {
            order.lines().forEach(line -> taken.merge(line.sku(), (long) line.quantity(), Long::sum));
        }
        if (order.declined() && status.equals("REJECTED") && reason.equals("PAYMENT_DECLINED")) {
            declined++;
        } else if (!order.declined() && status.equals("CONFIRMED")) {
            confirmed++;
        } else if (wasAway && status.equals("REJECTED") && reason.endsWith("_TIMEOUT")) {
            late++;
        } else {
            faults.add("order %s was to be %s, and is %s"
                    .formatted(orderId, order.declined() ? "declined" : "confirmed", (status + " " + reason).strip()));
        }
    }

    /** Takes an order that was settled, of which the program said that it had waited for that in vain. */
    void addUnnoticed(String orderId) {
        faults.add("order %s was settled, but Prefer: wait was answered as if it was not".formatted(orderId));
    }

    /** Compares the stock; debits and releases follow the confirmation or rejection within a moment. */
    void compareStock(Stock stock, Duration patience, Executor executor) {
        long begun = System.nanoTime();
        Stock.forEach(workload.allSkus(), sku -> compareStock(stock, sku, begun, patience), executor);
    }

    private void compareStock(Stock stock, String sku, long begun, Duration patience) {
        Level expected = new Level(workload.stock() - taken.getOrDefault(sku, 0L), 0);
        Level found = stock.level(sku);
        while (!Objects.equals(found, expected)) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                faults.add("stock of %s is %s instead of %s".formatted(sku, found, expected));
                return;
            }
            Pause.of(LOOK_AGAIN);
            found = stock.level(sku);
        }
    }

    int confirmed() {
        return confirmed;
    }

    int declined() {
        return declined;
    }

    /** Orders that a deadline rejected while the program was away. */
    int late() {
        return late;
    }

    /** What is not as it had to be: the first few in words. */
    List<String> faults() {
        List<String> shown = new ArrayList<>(faults.subList(0, Math.min(faults.size(), FAULTS_SHOWN)));
        if (faults.size() > FAULTS_SHOWN) {
            shown.add("and %d more".formatted(faults.size() - FAULTS_SHOWN));
        }
        return shown;
    }
}
