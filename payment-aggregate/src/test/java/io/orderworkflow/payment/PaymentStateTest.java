package io.orderworkflow.payment;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidRequested;
import io.orderworkflow.platform.messaging.MessageSerializer;
import java.util.List;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** A snapshot that forgets anything would make a payment forget what it owes. */
class PaymentStateTest {

    private static final OrderId ORDER = SampleOrder.orderId("a");
    private static final PaymentId PAYMENT = PaymentId.forOrder(ORDER);

    private static final RefundId REFUND = RefundId.forIdempotencyKey(ORDER, "a part");
    private static final RefundId OTHER_REFUND = RefundId.forIdempotencyKey(ORDER, "another part");

    private final Serializer serializer = new MessageSerializer();

    @Test
    void comesBackFromASnapshotAsItWas() {
        Payment payment = new Payment();
        payment.on(new PaymentRequested(PAYMENT, ORDER, eur("19.90"), "card", "tok_ok"));
        payment.on(new RefundRequested(PAYMENT, ORDER, REFUND, eur("5.00"), 1));
        payment.on(new PaymentRefunded(PAYMENT, ORDER, REFUND, eur("5.00"), eur("5.00"), List.of()));
        payment.on(new RefundRequested(PAYMENT, ORDER, OTHER_REFUND, eur("1.00"), 2));
        payment.on(new VoidRequested(PAYMENT, ORDER, eur("19.90")));
        payment.on(new PaymentVoided(PAYMENT, ORDER, eur("19.90"), List.of()));

        assertThat(throughASnapshot(payment)).usingRecursiveComparison().isEqualTo(payment);
        assertThat(payment).hasNoNullFieldsOrProperties();
    }

    @Test
    void remembersThatItsVoidWasRefused() {
        Payment payment = new Payment();
        payment.on(new PaymentRequested(PAYMENT, ORDER, eur("19.90"), "card", "tok_ok"));
        payment.on(new VoidRequested(PAYMENT, ORDER, eur("19.90")));
        payment.on(new PaymentRefundFailed(
                PAYMENT, ORDER, new RefundId(ORDER.value()), new ProviderRefusal("not_now", "not now"), List.of()));

        assertThat(throughASnapshot(payment)).usingRecursiveComparison().isEqualTo(payment);
    }

    @Test
    void comesBackFromASnapshotAsATombstone() {
        Payment payment = new Payment();
        payment.on(new PaymentVoided(PAYMENT, ORDER, null, List.of()));

        assertThat(throughASnapshot(payment)).usingRecursiveComparison().isEqualTo(payment);
    }

    private Payment throughASnapshot(Payment payment) {
        SerializedObject<byte[]> snapshot = serializer.serialize(payment, byte[].class);
        return serializer.deserialize(snapshot);
    }
}
