package io.orderworkflow.application;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same through a real Axon Server, which routes the messages and stores the events. */
@ExtendWith(RealAxonServer.EmptyRequired.class)
@ActiveProfiles("axonserver")
// Another program on the same Axon Server would be asked as well, and knows another database.
@DirtiesContext
class OrderOutcomesOnAxonServerIT extends OrderOutcomes {

    @DynamicPropertySource
    static void axonServer(DynamicPropertyRegistry properties) {
        properties.add("axon.axonserver.servers", () -> RealAxonServer.emptyFor(OrderOutcomesOnAxonServerIT.class));
    }
}
