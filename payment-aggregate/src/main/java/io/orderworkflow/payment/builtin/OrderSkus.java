package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up what an order consists of, for rules that ask for it. No provider could do that; here it lets faults be tried
 * out on products.
 */
final class OrderSkus implements SkuLookUp {

    private static final Logger log = LoggerFactory.getLogger(OrderSkus.class);

    private static final int MOST_REMEMBERED = 10_000;

    /** Orders may be read a moment after their payments are asked for. */
    private static final int LOOKS = 20;

    private static final long BETWEEN_LOOKS_MILLIS = 100;

    private final Supplier<QueryGateway> queries;
    private final Map<UUID, Set<String>> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Set<String>> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    OrderSkus(Supplier<QueryGateway> queries) {
        this.queries = queries;
    }

    @Override
    public CompletionStage<Set<String>> skusOf(UUID paymentId, @Nullable String orderId) {
        Set<String> remembered = known.get(paymentId);
        if (remembered != null) {
            return CompletableFuture.completedFuture(remembered);
        }
        return order(paymentId, orderId)
                .thenCompose(id -> id.map(found -> look(found, LOOKS))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())))
                .handle((order, failure) -> {
                    if (failure != null || order.isEmpty()) {
                        log.warn("payment {}: no fault by product, as its order cannot be read", paymentId, failure);
                        return Set.of();
                    }
                    Set<String> skus = order.get().lines().stream()
                            .map(line -> line.sku().value())
                            .collect(Collectors.toUnmodifiableSet());
                    known.put(paymentId, skus);
                    return skus;
                });
    }

    private CompletableFuture<Optional<OrderId>> order(UUID paymentId, @Nullable String orderId) {
        if (orderId != null) {
            return CompletableFuture.completedFuture(orderId(orderId));
        }
        return queries.get()
                .query(new FindPayment(new PaymentId(paymentId)), ResponseTypes.optionalInstanceOf(PaymentView.class))
                .thenApply(payment -> payment.map(PaymentView::orderId));
    }

    private static Optional<OrderId> orderId(String text) {
        try {
            return Optional.of(new OrderId(UUID.fromString(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private CompletableFuture<Optional<OrderView>> look(OrderId orderId, int looks) {
        return queries.get()
                .query(new FindOrder(orderId), ResponseTypes.optionalInstanceOf(OrderView.class))
                .thenCompose(order -> order.isPresent() || looks <= 1
                        ? CompletableFuture.completedFuture(order)
                        : CompletableFuture.supplyAsync(() -> orderId, later())
                                .thenCompose(again -> look(again, looks - 1)));
    }

    private static Executor later() {
        return CompletableFuture.delayedExecutor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
    }
}
