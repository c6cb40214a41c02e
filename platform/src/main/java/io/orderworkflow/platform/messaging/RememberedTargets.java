package io.orderworkflow.platform.messaging;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * Tells which aggregate a command targets, by its method that is annotated with {@link TargetAggregateIdentifier}.
 * Axon's own resolver searches all methods and fields of the class for every command again. Our commands name no
 * version: they are written so that they may come late.
 */
final class RememberedTargets implements CommandTargetResolver {

    private final ClassValue<Method> identifiers = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
            Optional<Method> identifier = StreamSupport.stream(
                            ReflectionUtils.methodsOf(type).spliterator(), false)
                    .filter(method -> AnnotationUtils.isAnnotationPresent(method, TargetAggregateIdentifier.class))
                    .findFirst();
            return ReflectionUtils.ensureAccessible(identifier.orElseThrow(() ->
                    new IllegalArgumentException(type.getSimpleName() + " has no method that names its aggregate")));
        }
    };

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
        try {
            Object identifier = identifiers.get(command.getPayloadType()).invoke(command.getPayload());
            if (identifier == null) {
                throw new IllegalArgumentException("a %s that names no aggregate"
                        .formatted(command.getPayloadType().getSimpleName()));
            }
            return new VersionedAggregateIdentifier(identifier, null);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("the aggregate of %s could not be read".formatted(command), e);
        }
    }
}
