package io.orderworkflow.platform.store;

import java.lang.reflect.Constructor;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;

/**
 * Makes aggregates of one type by its constructor without parameters, or takes them from a snapshot.
 *
 * @param <T> the type of the aggregates
 */
final class PlainAggregateFactory<T> implements AggregateFactory<T> {

    private final Class<T> type;
    private final Constructor<T> constructor;

    /**
     * Creates the factory.
     *
     * @throws IllegalArgumentException if the type has no constructor without parameters
     */
    PlainAggregateFactory(Class<T> type) {
        this.type = type;
        try {
            this.constructor = ReflectionUtils.ensureAccessible(type.getDeclaredConstructor());
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " has no constructor without parameters", e);
        }
    }

    @Override
    public T createAggregateRoot(String aggregateIdentifier, DomainEventMessage<?> firstEvent) {
        if (type.isAssignableFrom(firstEvent.getPayloadType())) {
            return type.cast(firstEvent.getPayload());
        }
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no " + type.getSimpleName() + " could be made", e);
        }
    }

    @Override
    public Class<T> getAggregateType() {
        return type;
    }
}
