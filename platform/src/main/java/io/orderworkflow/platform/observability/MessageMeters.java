package io.orderworkflow.platform.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.monitoring.MessageMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Times every message of one component by its type and outcome. Axon's own monitors look up or make several meters
 * anew for each message, which took more of the processor's time than handling it.
 */
final class MessageMeters implements MessageMonitor<Message<?>> {

    private final MeterRegistry registry;
    private final String component;
    private final @Nullable Timer age;
    private final Map<Class<?>, Timers> timers = new ConcurrentHashMap<>();

    private MessageMeters(MeterRegistry registry, String component, @Nullable Timer age) {
        this.registry = registry;
        this.component = component;
        this.age = age;
    }

    /** Returns the meters of whoever publishes, or handles commands or queries. */
    static MessageMeters of(String component, MeterRegistry registry) {
        return new MessageMeters(registry, component, null);
    }

    /** Returns the meters of an event processor, which also tell how far behind it is. */
    static MessageMeters ofProcessor(String name, MeterRegistry registry) {
        return new MessageMeters(
                registry,
                name,
                Timer.builder("order.workflow.events.age")
                        .description("How old events were when a processor had handled them")
                        .tag("component", name)
                        .register(registry));
    }

    @Override
    public MonitorCallback onMessageIngested(Message<?> message) {
        return new Running(timersOf(message), message);
    }

    @Override
    public Map<? super Message<?>, MonitorCallback> onMessagesIngested(Collection<? extends Message<?>> messages) {
        IdentityHashMap<Message<?>, MonitorCallback> running = new IdentityHashMap<>(messages.size());
        messages.forEach(message -> running.put(message, onMessageIngested(message)));
        return running;
    }

    private Timers timersOf(Message<?> message) {
        Class<?> type = message.getPayloadType();
        Timers known = timers.get(type);
        return known != null ? known : timers.computeIfAbsent(type, this::timers);
    }

    private Timers timers(Class<?> type) {
        return new Timers(timer(type, "handled"), timer(type, "failed"));
    }

    private Timer timer(Class<?> type, String outcome) {
        return Timer.builder("order.workflow.messages")
                .description("Messages by who handled them, their type, and how that ended")
                .tag("component", component)
                .tag("type", type.getSimpleName())
                .tag("outcome", outcome)
                .register(registry);
    }

    /** The timers of one type of message. */
    private record Timers(Timer handled, Timer failed) {}

    /** A message that is being handled. */
    private final class Running implements MonitorCallback {

        private final Timers timers;
        private final Message<?> message;
        private final long start = System.nanoTime();

        Running(Timers timers, Message<?> message) {
            this.timers = timers;
            this.message = message;
        }

        @Override
        public void reportSuccess() {
            timers.handled.record(Duration.ofNanos(System.nanoTime() - start));
            if (age != null && message instanceof EventMessage<?> event) {
                age.record(Duration.ofMillis(
                        System.currentTimeMillis() - event.getTimestamp().toEpochMilli()));
            }
        }

        @Override
        public void reportFailure(@Nullable Throwable cause) {
            timers.failed.record(Duration.ofNanos(System.nanoTime() - start));
        }

        /** Most processors see many events that are none of their business. */
        @Override
        public void reportIgnored() {}
    }
}
