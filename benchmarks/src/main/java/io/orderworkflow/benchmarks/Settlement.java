package io.orderworkflow.benchmarks;

import io.orderworkflow.benchmarks.WorkflowApi.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/**
 * Watches, as any reader could, how the orders of a run settle: by counting, customer by customer, those that the list of
 * orders shows as settled.
 */
final class Settlement {

    private static final String SETTLED = "CONFIRMED,REJECTED,CANCELLED,SHIPPED,DELIVERED";

    /** Customers looked at in one round: orders settle about in the order in which they were placed. */
    private static final int CUSTOMERS_AT_ONCE = 4;

    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(5);

    private final WorkflowApi api;
    private final Workload workload;
    private final AtomicIntegerArray acceptedByCustomer;
    private final LongAdder accepted = new LongAdder();
    private final List<Integer> open = new ArrayList<>();

    /** Orders of customers all of whose orders are settled. */
    private int complete;

    /** Settled orders of the customers that were looked at last. */
    private int ofIncomplete;

    Settlement(WorkflowApi api, Workload workload) {
        this.api = api;
        this.workload = workload;
        this.acceptedByCustomer = new AtomicIntegerArray(workload.customers());
        for (int customer = 0; customer < workload.customers(); customer++) {
            open.add(customer);
        }
    }

    /** Says that the program has accepted an order; called by any thread. */
    void accepted(Workload.Order order) {
        acceptedByCustomer.incrementAndGet(order.customerNumber());
        accepted.increment();
    }

    long accepted() {
        return accepted.sum();
    }

    int settled() {
        return complete + ofIncomplete;
    }

    boolean isComplete() {
        return open.isEmpty();
    }

    /** Looks at the customers whose orders have all been accepted; whether another one turned out to be complete. */
    boolean look() {
        int before = complete;
        int seen = 0;
        for (int customer : allAccepted()) {
            int settled = settledOf(customer);
            if (settled == workload.ordersOf(customer)) {
                open.removeIf(other -> other == customer);
                complete += settled;
            } else {
                seen += settled;
            }
        }
        ofIncomplete = seen;
        return complete > before;
    }

    private List<Integer> allAccepted() {
        return open.stream()
                .filter(customer -> acceptedByCustomer.get(customer) == workload.ordersOf(customer))
                .limit(CUSTOMERS_AT_ONCE)
                .toList();
    }

    private int settledOf(int customer) {
        Answer page = api.get(
                        "/api/orders?size=1&status=%s&customerId=%s".formatted(SETTLED, workload.customer(customer)))
                .expecting(200);
        return page.body().path("page").path("totalItems").asInt();
    }

    /** Whether an order was settled so long ago that the program must have noticed. */
    boolean isLongSettled(String orderId) {
        JsonNode settledAt =
                api.get("/api/orders/" + orderId).expecting(200, 404).body().path("settledAt");
        return settledAt.isString()
                && Instant.parse(settledAt.asString()).isBefore(Instant.now().minus(UNTIL_NOTICED));
    }

    /** The orders of a customer, as they are shown. */
    List<JsonNode> ordersOf(int customer) {
        Answer page = api.get("/api/orders?size=%d&customerId=%s"
                        .formatted(Workload.ORDERS_PER_CUSTOMER, workload.customer(customer)))
                .expecting(200);
        List<JsonNode> orders = new ArrayList<>();
        page.body().path("items").forEach(orders::add);
        return orders;
    }
}
