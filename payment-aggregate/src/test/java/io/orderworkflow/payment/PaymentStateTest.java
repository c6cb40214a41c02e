package io.orderworkflow.payment;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
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

    private final Serializer serializer = new MessageSerializer();

    @Test
    void comesBackFromASnapshotAsItWas() {
        Payment payment = new Payment();
        payment.on(new PaymentRequested(PAYMENT, ORDER, eur("19.90"), "card", "tok_ok"));
        payment.on(new VoidRequested(PAYMENT, ORDER, eur("19.90")));
        payment.on(new PaymentVoided(PAYMENT, ORDER, eur("19.90"), List.of()));

        assertThat(throughASnapshot(payment)).usingRecursiveComparison().isEqualTo(payment);
        assertThat(payment).hasNoNullFieldsOrProperties();
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
