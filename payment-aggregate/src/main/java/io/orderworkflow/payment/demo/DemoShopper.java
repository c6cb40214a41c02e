package io.orderworkflow.payment.demo;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.inventory.FindProducts;
import io.orderworkflow.api.inventory.ProductPage;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.ShippingAddress;
import io.orderworkflow.platform.messaging.Correlation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders what the catalogue offers, now this and now that, and has what it bought delivered to the warehouse again. */
final class DemoShopper {

    private static final Logger log = LoggerFactory.getLogger(DemoShopper.class);

    private static final long CATALOGUE_LIMIT_SECONDS = 5;
    private static final int CUSTOMERS = 50;
    private static final int MOST_LINES = 3;
    private static final int MOST_PIECES = 3;

    /** Pieces of a product after whose ordering twice as many are delivered. */
    private static final int PIECES_BEFORE_DELIVERY = 50;

    /** How often of a hundred times each token is paid with; most go well, as in life. */
    private static final List<String> TOKENS = tokens(Map.of(
            "tok_ok", 80,
            "tok_declined", 5,
            "tok_insufficient_funds", 4,
            "tok_flaky", 4,
            "tok_lost", 3,
            "tok_capture_fails", 2,
            "tok_refund_fails", 2));

    private final Supplier<CommandGateway> commands;
    private final Supplier<QueryGateway> queries;
    private final Map<Sku, Integer> ordered = new HashMap<>();
    private final Random random = new Random();

    DemoShopper(Supplier<CommandGateway> commands, Supplier<QueryGateway> queries) {
        this.commands = commands;
        this.queries = queries;
    }

    private static List<String> tokens(Map<String, Integer> mix) {
        List<String> tokens = new ArrayList<>();
        mix.forEach((token, times) -> tokens.addAll(Collections.nCopies(times, token)));
        return List.copyOf(tokens);
    }

    /**
     * What there is to buy.
     *
     * @throws IllegalStateException if that cannot be told, or there is nothing
     */
    List<ProductView> catalogue() {
        try {
            List<ProductView> items = queries.get()
                    .query(
                            new FindProducts(0, Page.MAX_SIZE, Sort.NATURAL),
                            ResponseTypes.instanceOf(ProductPage.class))
                    .get(CATALOGUE_LIMIT_SECONDS, TimeUnit.SECONDS)
                    .items();
            if (items.isEmpty()) {
                throw new IllegalStateException("the catalogue is empty: there is nothing to order");
            }
            // An order has one currency.
            String currency = items.get(0).price().currency().getCurrencyCode();
            return items.stream()
                    .filter(product ->
                            product.price().currency().getCurrencyCode().equals(currency))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the catalogue cannot be read", e);
        }
    }

    /** Places one order; complete when it was accepted. */
    CompletionStage<?> order(UUID run, long number, List<ProductView> catalogue) {
        String key = "demo-" + run + "-" + number;
        List<OrderLine> lines = lines(catalogue);
        lines.forEach(this::restock);
        return send(
                new PlaceOrder(
                        OrderId.forIdempotencyKey(key),
                        new CustomerId("demo-" + (1 + random.nextInt(CUSTOMERS))),
                        lines,
                        new PaymentInstruction("card", TOKENS.get(random.nextInt(TOKENS.size()))),
                        new ShippingAddress("Demo customer", "Example Street 1", "00000", "Example", null),
                        key),
                key);
    }

    private List<OrderLine> lines(List<ProductView> catalogue) {
        List<ProductView> shuffled = new ArrayList<>(catalogue);
        Collections.shuffle(shuffled, random);
        return shuffled.stream()
                .limit(1 + random.nextInt(MOST_LINES))
                .map(product ->
                        new OrderLine(product.sku(), product.name(), 1 + random.nextInt(MOST_PIECES), product.price()))
                .toList();
    }

    private void restock(OrderLine line) {
        int pieces = ordered.merge(line.sku(), line.quantity(), Integer::sum);
        if (pieces >= PIECES_BEFORE_DELIVERY) {
            ordered.put(line.sku(), 0);
            send(new ReceiveStock(line.sku(), 2L * pieces, "demo delivery"), "demo-delivery")
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            log.warn("{} could not be delivered", line.sku(), failure);
                        }
                    });
        }
    }

    private CompletionStage<?> send(Object command, String correlationId) {
        return commands.get()
                .send(GenericCommandMessage.asCommandMessage(command)
                        .andMetaData(Map.of(
                                Correlation.CORRELATION_ID, correlationId,
                                Correlation.USER_ID, "demo",
                                Correlation.SOURCE, "demo")));
    }
}
