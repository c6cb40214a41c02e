package io.orderworkflow.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.monitoring.MessageMonitor.MonitorCallback;
import org.junit.jupiter.api.Test;

class MessageMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void timesMessagesByTypeAndOutcome() {
        MessageMeters meters = MessageMeters.of("commandBus", registry);

        meters.onMessageIngested(event("handled")).reportSuccess();
        meters.onMessageIngested(event("handled, too")).reportSuccess();
        meters.onMessageIngested(event("failed")).reportFailure(new IllegalStateException());
        meters.onMessageIngested(event(1)).reportSuccess();

        assertThat(messages("String", "handled").count()).isEqualTo(2);
        assertThat(messages("String", "failed").count()).isEqualTo(1);
        assertThat(messages("Integer", "handled").count()).isEqualTo(1);
        assertThat(registry.find("order.workflow.events.age").timer()).isNull();
    }

    @Test
    void takesNoNoticeOfWhatAProcessorIgnores() {
        MessageMeters meters = MessageMeters.ofProcessor("order-view", registry);

        meters.onMessageIngested(event("none of its business")).reportIgnored();

        assertThat(messages("String", "handled").count()).isZero();
        assertThat(registry.get("order.workflow.events.age").timer().count()).isZero();
    }

    @Test
    void tellsHowOldEventsAreThatAProcessorHandles() {
        MessageMeters meters = MessageMeters.ofProcessor("order-view", registry);
        Instant anHourAgo = Clock.systemUTC().instant().minusSeconds(3600);

        meters.onMessageIngested(new GenericEventMessage<>("id", "old", MetaData.emptyInstance(), anHourAgo))
                .reportSuccess();

        assertThat(registry.get("order.workflow.events.age")
                        .tag("component", "order-view")
                        .timer()
                        .max(TimeUnit.SECONDS))
                .isBetween(3600.0, 3700.0);
    }

    @Test
    void tellsEqualMessagesOfABatchApart() {
        MessageMeters meters = MessageMeters.ofProcessor("order-view", registry);
        EventMessage<?> first = event("same");
        EventMessage<?> second = event("same");

        Map<? super Message<?>, MonitorCallback> batch = meters.onMessagesIngested(List.of(first, second));

        assertThat(batch.get(first)).isNotNull().isNotSameAs(batch.get(second));
    }

    private Timer messages(String type, String outcome) {
        return registry.get("order.workflow.messages")
                .tags("type", type, "outcome", outcome)
                .timer();
    }

    private static EventMessage<?> event(Object payload) {
        return GenericEventMessage.asEventMessage(payload);
    }
}
