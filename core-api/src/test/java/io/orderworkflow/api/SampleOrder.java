package io.orderworkflow.api;

import static io.orderworkflow.api.Amounts.eur;

import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.ShippingAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * An order to test with: {@code anOrder().of("SKU-1", 2).at(eur("9.90")).placed()}. Every method returns a new one; what
 * is not said has a sensible value, but for the lines: an order without any cannot be placed.
 */
public record SampleOrder(
        OrderId orderId,
        CustomerId customerId,
        List<OrderLine> lines,
        PaymentInstruction payment,
        ShippingAddress shippingAddress,
        String requestFingerprint) {

    /** An order of nothing yet, by a customer whose payments succeed. */
    public static SampleOrder anOrder() {
        return new SampleOrder(
                orderId("an-order"),
                new CustomerId("customer-1"),
                List.of(),
                new PaymentInstruction("card", "tok_ok"),
                new ShippingAddress("Ada Lovelace", "12 St James's Square", "SW1Y 4JH", "London", "GB"),
                "fingerprint-1");
    }

    /** The identifier of the order that was placed with this key: equal for equal keys, never the same instance. */
    public static OrderId orderId(String idempotencyKey) {
        return OrderId.forIdempotencyKey(idempotencyKey);
    }

    /** The order that was placed with another key, hence another order. */
    public SampleOrder withKey(String idempotencyKey) {
        return new SampleOrder(
                orderId(idempotencyKey), customerId, lines, payment, shippingAddress, requestFingerprint);
    }

    /** The same for another customer. */
    public SampleOrder by(String customer) {
        return new SampleOrder(orderId, new CustomerId(customer), lines, payment, shippingAddress, requestFingerprint);
    }

    /** The same with one more line, at 9.90 EUR a piece unless {@link #at} says otherwise. */
    public SampleOrder of(String sku, int quantity) {
        List<OrderLine> more = new ArrayList<>(lines);
        more.add(new OrderLine(new Sku(sku), "Product " + sku, quantity, eur("9.90")));
        return withLines(more);
    }

    /** The same with another price on the line that was added last. */
    public SampleOrder at(Money unitPrice) {
        int last = lines.size() - 1;
        OrderLine line = lines.get(last);
        List<OrderLine> repriced = new ArrayList<>(lines);
        repriced.set(last, new OrderLine(line.sku(), line.name(), line.quantity(), unitPrice));
        return withLines(repriced);
    }

    /** The same, paid with another token of the built-in payment provider. */
    public SampleOrder paidWith(String token) {
        return new SampleOrder(
                orderId,
                customerId,
                lines,
                new PaymentInstruction(payment.method(), token),
                shippingAddress,
                requestFingerprint);
    }

    /** The same as another request of the client would have asked for it. */
    public SampleOrder requestedAs(String fingerprint) {
        return new SampleOrder(orderId, customerId, lines, payment, shippingAddress, fingerprint);
    }

    /** What the lines add up to. */
    public Money total() {
        return lines.stream()
                .map(line -> line.unitPrice().times(line.quantity()))
                .reduce(Money::plus)
                .orElseThrow();
    }

    /** The command that asks for it. */
    public PlaceOrder place() {
        return new PlaceOrder(orderId, customerId, lines, payment, shippingAddress, requestFingerprint);
    }

    /** The event that tells of it. */
    public OrderPlaced placed() {
        return new OrderPlaced(orderId, customerId, lines, total(), payment, shippingAddress, requestFingerprint);
    }

    private SampleOrder withLines(List<OrderLine> otherLines) {
        return new SampleOrder(
                orderId, customerId, List.copyOf(otherLines), payment, shippingAddress, requestFingerprint);
    }
}
