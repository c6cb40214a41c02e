package io.orderworkflow.simulator;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RequestOrderCancellation;
import io.orderworkflow.api.order.RequestRefund;
import io.orderworkflow.api.order.ShipOrder;
import io.orderworkflow.api.order.Shipment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people do in a run.
 *
 * @param stock how much there is of every SKU
 * @param orders the orders that are placed
 * @param wishes what is asked by people, and when at the earliest
 */
record Scenario(SortedMap<Sku, Long> stock, List<SampleOrder> orders, List<Wish> wishes) {

    private static final List<String> TOKENS = List.of(
            Bank.OK,
            Bank.OK,
            Bank.OK,
            Bank.OK,
            Bank.DECLINED,
            Bank.NO_CAPTURE,
            Bank.STUBBORN,
            Bank.MORE_STUBBORN,
            Bank.SILENT);

    /** An order of one line that nobody cancels. */
    static Scenario oneLine(String token) {
        SampleOrder order = anOrder().of("SKU-1", 2).paidWith(token);
        return new Scenario(
                new TreeMap<>(Map.of(new Sku("SKU-1"), 5L)),
                List.of(order),
                List.of(new Wish(Duration.ZERO, order.place())));
    }

    /** The same, cancelled by the customer at some moment. */
    Scenario cancelled() {
        List<Wish> more = new ArrayList<>(wishes);
        more.add(new Wish(
                Duration.ZERO, new RequestOrderCancellation(orders.get(0).orderId(), "changed my mind")));
        return new Scenario(stock, orders, more);
    }

    /** Several orders over few SKUs, of which there are too few pieces now and then. */
    static Scenario random(Random random) {
        SortedMap<Sku, Long> stock = new TreeMap<>();
        int skus = 1 + random.nextInt(3);
        for (int i = 1; i <= skus; i++) {
            stock.put(new Sku("SKU-" + i), 1L + random.nextInt(12));
        }
        List<SampleOrder> orders = new ArrayList<>();
        List<Wish> wishes = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 1; i <= count; i++) {
            SampleOrder order = anOrder().withKey("order-" + i).paidWith(TOKENS.get(random.nextInt(TOKENS.size())));
            int lines = 1 + random.nextInt(3);
            for (int line = 0; line < lines; line++) {
                order = order.of("SKU-" + (1 + random.nextInt(skus)), 1 + random.nextInt(3))
                        .at(eur(1 + random.nextInt(20) + ".50"));
            }
            orders.add(order);
            Duration placedAt = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(120));
            wishes.add(new Wish(placedAt, order.place()));
            if (random.nextInt(3) == 0) {
                wishes.add(new Wish(
                        placedAt.plus(soon(random)), new RequestOrderCancellation(order.orderId(), "changed my mind")));
            }
            if (random.nextInt(4) == 0) {
                wishes.add(new Wish(placedAt.plus(soon(random)), ship(order.orderId())));
            }
            for (int refund = random.nextInt(4); refund > 1; refund--) {
                wishes.add(new Wish(placedAt.plus(soon(random)), refund(order, refund, random)));
            }
        }
        return new Scenario(stock, orders, wishes);
    }

    /** Orders that people want a part of their money back for, and give back the goods, as soon as they are confirmed. */
    static Scenario refundedAtOnce(Random random) {
        List<SampleOrder> orders = new ArrayList<>();
        List<Wish> wishes = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            SampleOrder order = anOrder().withKey("order-" + i).of("SKU-1", 2).of("SKU-2", 1);
            RefundId refundId = RefundId.forIdempotencyKey(order.orderId(), "refund");
            Object refund = new RequestRefund(
                    order.orderId(), refundId, List.of(new Pieces(new Sku("SKU-1"), 2)), "broken", true);
            orders.add(order);
            wishes.add(new Wish(Duration.ZERO, order.place()));
            // Refused, and asked again, until it is confirmed.
            for (int second = 0; second < 20; second++) {
                wishes.add(new Wish(Duration.ofSeconds(second + random.nextInt(2)), refund));
            }
        }
        return new Scenario(new TreeMap<>(Map.of(new Sku("SKU-1"), 20L, new Sku("SKU-2"), 20L)), orders, wishes);
    }

    private static ShipOrder ship(OrderId orderId) {
        return new ShipOrder(orderId, new Shipment("Royal Mail", "RM-1"));
    }

    private static RequestRefund refund(SampleOrder order, int number, Random random) {
        OrderLine line = order.lines().get(random.nextInt(order.lines().size()));
        List<Pieces> pieces = random.nextInt(3) == 0
                ? List.of()
                : List.of(new Pieces(line.sku(), 1 + random.nextInt(line.quantity())));
        RefundId refundId = RefundId.forIdempotencyKey(order.orderId(), "refund-" + number);
        return new RequestRefund(order.orderId(), refundId, pieces, "broken", random.nextBoolean());
    }

    /** The orders whose payment the bank leaves without an answer at first. */
    List<SampleOrder> silent() {
        return orders.stream()
                .filter(order -> order.payment().token().equals(Bank.SILENT))
                .toList();
    }

    /** The refunds that are asked for. */
    List<RequestRefund> refunds() {
        return wishes.stream()
                .map(Wish::command)
                .filter(RequestRefund.class::isInstance)
                .map(RequestRefund.class::cast)
                .toList();
    }

    /** Mostly in the same moment, so that it meets the order on its way. */
    private static Duration soon(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofSeconds(random.nextInt(60));
            case 1 -> Duration.ofSeconds(random.nextInt(600));
            default -> Duration.ZERO;
        };
    }

    /** A command of a person. */
    record Wish(Duration after, Object command) {}
}
