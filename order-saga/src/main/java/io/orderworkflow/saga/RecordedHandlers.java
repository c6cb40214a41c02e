package io.orderworkflow.saga;

import io.orderworkflow.platform.saga.Waiting;
import java.lang.reflect.Executable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;

/** Handlers of a saga that have every event that they handle recorded as a step. */
final class RecordedHandlers implements HandlerDefinition {

    private final HandlerDefinition handlers;
    private final StepRecord record;
    private final Map<Class<?>, StateFields> fields = new ConcurrentHashMap<>();

    RecordedHandlers(HandlerDefinition handlers, StepRecord record) {
        this.handlers = handlers;
        this.record = record;
    }

    @Override
    public <T> Optional<MessageHandlingMember<T>> createHandler(
            Class<T> declaringType, Executable method, ParameterResolverFactory parameters) {
        return handlers.createHandler(declaringType, method, parameters).map(this::recorded);
    }

    private <T> MessageHandlingMember<T> recorded(MessageHandlingMember<T> handler) {
        return new WrappedMessageHandlingMember<>(handler) {
            @Override
            public Object handle(Message<?> message, T target) throws Exception {
                return target instanceof Waiting saga && message instanceof EventMessage<?> event
                        ? recorded(event, saga, () -> super.handle(message, target))
                        : super.handle(message, target);
            }
        };
    }

    private Object recorded(EventMessage<?> event, Waiting saga, Handling handling) throws Exception {
        StepRecord.Step step = record.begin(event, saga, fields.computeIfAbsent(saga.getClass(), StateFields::new));
        try {
            Object result = handling.handle();
            step.succeeded();
            return result;
        } catch (Exception failure) {
            step.failed(failure);
            throw failure;
        }
    }

    @FunctionalInterface
    private interface Handling {
        Object handle() throws Exception;
    }
}
