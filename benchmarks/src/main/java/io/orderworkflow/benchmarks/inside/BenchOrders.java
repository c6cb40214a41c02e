package io.orderworkflow.benchmarks.inside;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.ShippingAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The orders that all who are compared are given: two lines of different products, drawn evenly from a fixed seed; every
 * 20th is declined. Remembers what has to be left of each product.
 */
final class BenchOrders {

    static final long STOCK = 10_000_000;
    static final int ONE_IS_DECLINED_OF = 20;

    private static final long SEED = 20240607;
    private static final int MOST_PIECES = 5;
    private static final Money PRICE = Money.of("9.90", "EUR");
    private static final CustomerId CUSTOMER = new CustomerId("bench");
    private static final ShippingAddress ADDRESS =
            new ShippingAddress("A. Customer", "1 Main Street", "12345", "Springfield", "US");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final long[] left;
    private long next = 1;
    private long declined;

    BenchOrders(int skus) {
        left = new long[skus];
        Arrays.fill(left, STOCK);
    }

    static Sku sku(int number) {
        return new Sku("bench-" + number);
    }

    List<PlaceOrder> take(int count) {
        List<PlaceOrder> orders = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            orders.add(take());
        }
        return orders;
    }

    /** The next one. */
    synchronized PlaceOrder take() {
        int first = random.nextInt(left.length);
        int other = random.nextInt(left.length - 1);
        int second = other < first ? other : other + 1;
        OrderId orderId = new OrderId(new UUID(random.nextLong(), random.nextLong()));
        int[] pieces = {1 + random.nextInt(MOST_PIECES), 1 + random.nextInt(MOST_PIECES)};
        boolean isDeclined = next++ % ONE_IS_DECLINED_OF == 0;
        if (isDeclined) {
            declined++;
        } else {
            left[first] -= pieces[0];
            left[second] -= pieces[1];
        }
        return new PlaceOrder(
                orderId,
                CUSTOMER,
                List.of(line(first, pieces[0]), line(second, pieces[1])),
                new PaymentInstruction("card", isDeclined ? InstantProvider.DECLINED : "tok_ok"),
                ADDRESS,
                "bench");
    }

    private static OrderLine line(int sku, int pieces) {
        return new OrderLine(sku(sku), "Product " + sku, pieces, PRICE);
    }

    int skus() {
        return left.length;
    }

    /** What has to be on hand of a product when all orders that were taken are settled. */
    long left(int sku) {
        return left[sku];
    }

    long taken() {
        return next - 1;
    }

    long declined() {
        return declined;
    }
}
