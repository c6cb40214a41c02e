package io.orderworkflow.application;

import java.util.Map;
import org.springframework.test.context.TestPropertySource;

/** With the events in PostgreSQL. */
@TestPropertySource(properties = "axon.axonserver.enabled=false")
class LiveOrdersIT extends LiveOrders {

    @Override
    Map<String, String> store() {
        return Map.of("axon.axonserver.enabled", "false");
    }
}
