package io.orderworkflow.application;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same through a real Axon Server, which also spreads commands and queries over both programs. */
@ExtendWith(RealAxonServer.OwnRequired.class)
@ActiveProfiles("axonserver")
// Another program on the same Axon Server would be asked as well, and knows another database.
@DirtiesContext
class LiveOrdersOnAxonServerIT extends LiveOrders {

    @DynamicPropertySource
    static void axonServer(DynamicPropertyRegistry properties) {
        properties.add("axon.axonserver.servers", () -> RealAxonServer.ownOf(LiveOrdersOnAxonServerIT.class));
    }

    /** Both are in one process here, and would take the same name. */
    @Override
    Map<String, String> store() {
        return Map.of(
                "spring.profiles.active", "axonserver",
                "axon.axonserver.servers", RealAxonServer.ownOf(LiveOrdersOnAxonServerIT.class),
                "axon.axonserver.client-id", "idle");
    }
}
