package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static String of(String body) {
        return Fingerprint.of(StrictJson.mapper().readValue(body, PlaceOrderRequest.class));
    }

    @Test
    void staysTheSameOverVersions() {
        // Orders are kept for ever with it: another value makes every repeat that is under way a new request.
        assertThat(of(OrderControllerTest.BODY)).isEqualTo("518118863400e5e95233e5d6ee078c84");
    }

    @Test
    void tellsAnyOtherRequestApart() {
        String body = OrderControllerTest.BODY;

        assertThat(of(body.replace("customer-1", "customer-2"))).isNotEqualTo(of(body));
        assertThat(of(body.replace("\"quantity\": 2", "\"quantity\": 3"))).isNotEqualTo(of(body));
        assertThat(of(body.replace("CUP-WHITE", "CUP-BLACK"))).isNotEqualTo(of(body));
        assertThat(of(body.replace("tok_ok", "tok_flaky"))).isNotEqualTo(of(body));
        assertThat(of(body.replace("card", "invoice"))).isNotEqualTo(of(body));
        assertThat(of(body.replace("London", "Paris"))).isNotEqualTo(of(body));
        assertThat(of(body.replace("\"city\"", "\"street\""))).isNotEqualTo(of(body));
        assertThat(of(body.replace("[{", "[{\"sku\": \"CUP-WHITE\", \"quantity\": 2}, {")))
                .isNotEqualTo(of(body));
    }

    @Test
    void doesNotMindWhatIsNotRead() {
        String body = OrderControllerTest.BODY;

        assertThat(of(body.replace("\"quantity\": 2", "\"quantity\": 2, \"unitPrice\": \"1\"")))
                .isEqualTo(of(body));
    }
}
