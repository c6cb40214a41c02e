package io.orderworkflow.rest;

import static java.util.stream.Collectors.toMap;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindOrderChanges;
import io.orderworkflow.api.order.FindOrdersById;
import io.orderworkflow.api.order.OrderChangePage;
import io.orderworkflow.api.order.OrderChangePage.Change;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.OrdersById;
import io.orderworkflow.rest.OrderStream.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks what has become of orders. */
final class OrderNews {

    /** So many changes are read at once: an answer stays well below what a message may be. */
    private static final int PAGE = 100;

    private final Gateways gateways;
    private final Origin origin = Origin.anonymous("order-streams");

    OrderNews(Gateways gateways) {
        this.gateways = gateways;
    }

    /**
     * Asks for changes.
     *
     * @param after those after this one; {@code null} for none but the number of the last
     * @param patienceMillis how long to wait for one
     */
    CompletableFuture<OrderChangePage> changes(@Nullable Long after, long patienceMillis) {
        return gateways.ask(new FindOrderChanges(after, PAGE, patienceMillis), OrderChangePage.class, origin);
    }

    /** Of each order the last change, in their order. */
    static Map<OrderId, Long> lastOf(Stream<Change> changes) {
        Map<OrderId, Long> last = new LinkedHashMap<>();
        changes.forEach(change -> {
            last.remove(change.orderId());
            last.put(change.orderId(), change.number());
        });
        return last;
    }

    /** Reads the orders as they are now, which is after those changes. */
    CompletableFuture<List<Event>> events(Map<OrderId, Long> changes) {
        if (changes.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return gateways.ask(new FindOrdersById(Set.copyOf(changes.keySet())), OrdersById.class, origin)
                .thenApply(found -> {
                    Map<OrderId, OrderView> orders =
                            found.items().stream().collect(toMap(OrderView::orderId, order -> order));
                    return changes.entrySet().stream()
                            .filter(change -> orders.containsKey(change.getKey()))
                            .map(change ->
                                    Event.of(change.getValue(), Objects.requireNonNull(orders.get(change.getKey()))))
                            .toList();
                });
    }
}
