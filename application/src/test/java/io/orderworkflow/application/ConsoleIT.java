package io.orderworkflow.application;

import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** All pages, in a real browser: one program and one browser for all parts, each of which is a class of its own. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "order-workflow.postgres.embedded=false",
            "axon.axonserver.enabled=false",
            "order-workflow.axonserver.dashboard-url=http://localhost:8024",
            "order-workflow.saga.payment-timeout=5m",
            "order-workflow.payment.provider.call-timeout=1s",
            // What fails is soon left to whoever looks at the page.
            "order-workflow.dead-letters.retries=0",
            "order-workflow.saga.parking.retries=0",
            "order-workflow.demo-catalogue=false",
            "order-workflow.faults.enabled=true"
        })
@Import({ThrowawayDatabase.class, ParkedOrderIT.Poisoning.class})
@ExtendWith(Chromium.class)
class ConsoleIT {

    @Nested
    class Faults extends FaultPages {}

    @Nested
    class Overview extends OverviewPages {}

    @Nested
    class Orders extends OrderPages {}

    @Nested
    class Customers extends ShopPages {}

    @Nested
    class Operations extends OperationPages {}
}
