package io.orderworkflow.simulator;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.jspecify.annotations.Nullable;

/** Where one part of the program hands in its commands; the simulation of the moment sees to their delivery. */
final class Post implements CommandGateway {

    private @Nullable Function<CommandMessage<?>, CompletableFuture<Object>> delivery;

    void deliverBy(Function<CommandMessage<?>, CompletableFuture<Object>> current) {
        delivery = current;
    }

    @Override
    @SuppressWarnings("unchecked") // Nobody here looks at results.
    public <R> CompletableFuture<R> send(Object command) {
        return (CompletableFuture<R>)
                Objects.requireNonNull(delivery).apply(GenericCommandMessage.asCommandMessage(command));
    }

    @Override
    public <C, R> void send(
            C command, org.axonframework.commandhandling.CommandCallback<? super C, ? super R> callback) {
        throw new UnsupportedOperationException("nobody sends like that");
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // The signature is Axon's.
    public <R> R sendAndWait(Object command) {
        throw new UnsupportedOperationException("nobody waits here");
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // The signature is Axon's.
    public <R> R sendAndWait(Object command, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody waits here");
    }

    @Override
    public Registration registerDispatchInterceptor(
            MessageDispatchInterceptor<? super CommandMessage<?>> dispatchInterceptor) {
        throw new UnsupportedOperationException("nothing is intercepted here");
    }
}
