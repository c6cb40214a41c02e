package io.orderworkflow.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The orders of a run, the same for every run with as many products: two lines each, of products drawn evenly. Every
 * 20th is going to be declined by the payment provider.
 *
 * @param run distinguishes this run's products, customers and orders from those of all others
 * @param orders how many orders
 * @param skus how many products they are spread over
 */
record Workload(String run, int orders, int skus) {

    /** Orders of one customer, as many as fit on one page of a list. */
    static final int ORDERS_PER_CUSTOMER = 200;

    private static final int ONE_IS_DECLINED_OF = 20;
    private static final int MOST_PIECES = 3;
    private static final long LEAST_STOCK = 1_000_000;

    String sku(int number) {
        return "load-%s-%d".formatted(run, number);
    }

    List<String> allSkus() {
        return IntStream.range(0, skus).mapToObj(this::sku).toList();
    }

    /** Pieces of every product: enough even if all orders were for the same. */
    long stock() {
        return Math.max(LEAST_STOCK, 2L * MOST_PIECES * orders);
    }

    int customers() {
        return (orders + ORDERS_PER_CUSTOMER - 1) / ORDERS_PER_CUSTOMER;
    }

    String customer(int number) {
        return "load-%s-%d".formatted(run, number);
    }

    int ordersOf(int customer) {
        return Math.min(ORDERS_PER_CUSTOMER, orders - customer * ORDERS_PER_CUSTOMER);
    }

    Order order(int index) {
        SplittableRandom random = new SplittableRandom(index);
        int first = random.nextInt(skus);
        int second = skus == 1 ? first : (first + 1 + random.nextInt(skus - 1)) % skus;
        return new Order(
                "load-%s-%d".formatted(run, index),
                index / ORDERS_PER_CUSTOMER,
                customer(index / ORDERS_PER_CUSTOMER),
                List.of(
                        new Line(sku(first), random.nextInt(1, MOST_PIECES + 1)),
                        new Line(sku(second), random.nextInt(1, MOST_PIECES + 1))),
                index % ONE_IS_DECLINED_OF == ONE_IS_DECLINED_OF - 1);
    }

    /** One product of an order. */
    record Line(String sku, int quantity) {}

    /**
     * One order, and what is to become of it.
     *
     * @param key its idempotency key
     * @param customerNumber the number of its customer
     * @param customerId that customer
     * @param lines what is ordered
     * @param declined whether the payment provider will decline it
     */
    record Order(String key, int customerNumber, String customerId, List<Line> lines, boolean declined) {

        /** How it is sent. */
        Map<String, Object> body() {
            return Map.of(
                    "customerId",
                    customerId,
                    "lines",
                    lines,
                    "payment",
                    Map.of("method", "card", "token", declined ? "tok_declined" : "tok_ok"),
                    "shippingAddress",
                    Map.of("recipient", "Load driver", "country", "DE"));
        }
    }
}
