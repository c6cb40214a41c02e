package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.application.Shop.Line;
import java.time.Duration;
import java.util.List;

/** A way that an order can take, and where it has to end, crash or no crash. Two pieces of one product, one of another. */
enum CrashJourney {
    CONFIRMED("tok_ok", "CONFIRMED", "CAPTURED", 8, 9),
    DECLINED("tok_declined", "REJECTED", "DECLINED", 10, 10),
    CAPTURE_FAILS("tok_capture_fails", "REJECTED", "VOIDED", 10, 10),
    CANCELLED("tok_ok", "CANCELLED", "REFUNDED", 10, 10),
    REFUNDED("tok_ok", "CONFIRMED", "PARTIALLY_REFUNDED", 9, 9),
    SILENT("tok_silent", "REJECTED", "VOIDED", 10, 10);

    static final int PIECES = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String token;
    final String status;
    final String paymentStatus;
    final long onHand;
    final long otherOnHand;

    CrashJourney(String token, String status, String paymentStatus, long onHand, long otherOnHand) {
        this.token = token;
        this.status = status;
        this.paymentStatus = paymentStatus;
        this.onHand = onHand;
        this.otherOnHand = otherOnHand;
    }

    static String sku(String key) {
        return key + "-a";
    }

    static String otherSku(String key) {
        return key + "-b";
    }

    static String orderId(String key) {
        return OrderId.forIdempotencyKey(key).toString();
    }

    /** What the provider has taken, and given back: two at 9.90 and one at 0.25; of a refund, one at 9.90. */
    List<String> account() {
        return switch (this) {
            case CONFIRMED -> List.of("20.05", "0");
            case CANCELLED -> List.of("20.05", "20.05");
            case REFUNDED -> List.of("20.05", "9.90");
            case DECLINED, CAPTURE_FAILS, SILENT -> List.of("0", "0");
        };
    }

    /** How long the program waits: the defaults, except where a deadline is what the journey is about. */
    List<String> settings() {
        return this == SILENT
                ? List.of(
                        "--order-workflow.saga.payment-timeout=5s",
                        "--order-workflow.payment.provider.call-timeout=1s",
                        "--order-workflow.schedule.grace-after-start=5s")
                : List.of();
    }

    /** Asks for all that the customer asks for. May be repeated, as by somebody who got no answer. */
    void go(Shop shop, String key) {
        Line[] lines = {line(sku(key), 2), line(otherSku(key), 1)};
        shop.placeOrder(key, token, lines).expect(202);
        if (this == CANCELLED) {
            awaitSettled(shop, key);
            shop.cancel(orderId(key)).expect(202);
        }
        if (this == REFUNDED) {
            awaitSettled(shop, key);
            shop.refund(orderId(key), key, line(sku(key), 1)).expect(202);
        }
    }

    private static void awaitSettled(Shop shop, String key) {
        await().atMost(PATIENCE)
                .until(() -> List.of("CONFIRMED", "CANCELLED")
                        .contains(shop.orderView(orderId(key)).get("status").asString()));
    }
}
