package io.orderworkflow.platform.history;

import io.orderworkflow.api.order.OrderPlacedRevisions;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** How events of the past are read, by every role that reads events. */
@AutoConfiguration(
        beforeName = {
            "org.axonframework.springboot.autoconfig.InfraConfiguration",
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration"
        })
final class HistoryAutoConfiguration {

    @Bean
    EventUpcaster earlierRevisions() {
        return chain();
    }

    /** One bean, in which each revision comes before the next: no order of beans to get wrong. */
    static EventUpcasterChain chain() {
        return new EventUpcasterChain(
                OrderPlacedRevisions.ALL.stream().map(RevisionUpcaster::new).toList());
    }
}
