package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.order.FindOrders;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CustomerControllerTest extends RestApiTest {

    @Test
    void listsWhatACustomerOrdered() {
        Answer answer = get("/api/customers/customer-1/orders?page=1&size=50&sort=total,desc");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("page").path("number").asInt()).isEqualTo(1);
        assertThat(backend.queries())
                .containsExactly(new FindOrders(
                        Set.of(), new CustomerId("customer-1"), null, null, null, 1, 50, new Sort("total", true)));
    }

    @Test
    void listsNothingOfACustomerWhoNeverOrdered() {
        Answer answer = get("/api/customers/nobody/orders");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").isEmpty()).isTrue();
    }
}
