package io.orderworkflow.platform.messaging;

import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.axonframework.messaging.MessageDispatchInterceptor;

/**
 * Sends no command while Axon Server is known to be away. The connector would try, and fail as it does when the
 * connection breaks before the answer comes: nobody could tell then whether the command was handled.
 */
final class RefuseWhileDisconnected implements MessageDispatchInterceptor<CommandMessage<?>> {

    private final AxonServerConnectionManager connections;
    private final String context;

    RefuseWhileDisconnected(AxonServerConnectionManager connections, String context) {
        this.connections = connections;
        this.context = context;
    }

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        // The first command of a process may be what makes the connection.
        if (!connections.isConnected(context) && connections.connections().containsKey(context)) {
            throw new CommandDispatchException("Axon Server is away: the command was not sent.");
        }
        return (index, command) -> command;
    }
}
