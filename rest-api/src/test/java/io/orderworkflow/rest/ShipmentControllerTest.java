package io.orderworkflow.rest;

import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.order.DeliverOrder;
import io.orderworkflow.api.order.ShipOrder;
import io.orderworkflow.api.order.Shipment;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShipmentControllerTest extends RestApiTest {

    private static final OrderId ORDER_ID = orderId("key-1");
    private static final String SHIPMENT = "/api/orders/" + ORDER_ID + "/shipment";
    private static final String DELIVERY = "/api/orders/" + ORDER_ID + "/delivery";
    private static final String BODY = "{\"carrier\": \"Post\", \"trackingNumber\": \"RR 1\"}";

    @Test
    void saysThatAnOrderIsShipped() {
        Answer answer = post(SHIPMENT, BODY);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/api/orders/" + ORDER_ID);
        assertThat(backend.commands()).containsExactly(new ShipOrder(ORDER_ID, new Shipment("Post", "RR 1")));
    }

    @Test
    void saysWhenAnOrderIsDelivered() {
        Answer answer = post(DELIVERY, "{\"deliveredAt\": \"2026-11-20T11:15:30+01:00\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(backend.commands())
                .containsExactly(new DeliverOrder(ORDER_ID, Instant.parse("2026-11-20T10:15:30Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"deliveredAt\": null}"})
    void leavesItToTheOrderWhenItIsDeliveredJustNow(String body) {
        assertThat(post(DELIVERY, body).status()).isEqualTo(202);

        assertThat(backend.commands()).containsExactly(new DeliverOrder(ORDER_ID, null));
    }

    @ParameterizedTest
    @CsvSource({"ORDER_NOT_CONFIRMED, 409", "ORDER_NOT_SHIPPED, 409", "DELIVERED_BEFORE_SHIPPED, 422"})
    void saysWhyNot(Refusal.Code code, int status) {
        backend.refuses(code, "the rule in words");

        for (Answer answer : new Answer[] {post(SHIPMENT, BODY), post(DELIVERY, "{}")}) {
            answer.isProblem(ProblemType.of(code));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.json().path("detail").asString()).isEqualTo("the rule in words");
        }
    }
}
