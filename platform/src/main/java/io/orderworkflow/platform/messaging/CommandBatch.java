package io.orderworkflow.platform.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Sends the commands of a whole batch of events, all at once, and commits the batch only after each of them was handled.
 *
 * <p>So a command is never lost: if it could not be delivered, was refused, or did not answer in time, the batch is
 * rolled back and its events are handled again, which sends it again. Whoever receives such a command must therefore
 * bear to receive it more than once.
 */
public final class CommandBatch {

    private final CommandGateway gateway;
    private final Duration timeLimit;

    /**
     * Creates the sender.
     *
     * @param gateway delivers the commands
     * @param timeLimit how long a batch waits for all of its commands; well below the time after which another node
     *     may claim the batch's token
     */
    public CommandBatch(CommandGateway gateway, Duration timeLimit) {
        this.gateway = gateway;
        this.timeLimit = timeLimit;
    }

    /**
     * Sends a command together with the others of the current batch of events.
     *
     * @throws IllegalStateException if no batch is being handled
     */
    public void send(Object command) {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        if (batch.phase() != UnitOfWork.Phase.STARTED) {
            throw new IllegalStateException("nothing is sent any more by a batch that commits: " + command);
        }
        // Made a message now: its metadata comes from the event that is being handled at this moment.
        batch.<List<CommandMessage<?>>>getOrComputeResource(resourceKey(), key -> sendAtCommit(batch))
                .add(GenericCommandMessage.asCommandMessage(command));
    }

    private String resourceKey() {
        return CommandBatch.class.getName() + "@" + System.identityHashCode(this);
    }

    private List<CommandMessage<?>> sendAtCommit(UnitOfWork<?> batch) {
        List<CommandMessage<?>> commands = new ArrayList<>();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        // While the commands are being handled elsewhere, this batch goes on writing its own rows.
        batch.onPrepareCommit(unitOfWork -> commands.forEach(command -> answers.add(gateway.send(command))));
        // Runs before the transaction commits: that was registered earlier, and this phase goes backwards.
        batch.onCommit(unitOfWork -> awaitAll(answers));
        return commands;
    }

    private void awaitAll(List<CompletableFuture<?>> answers) {
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CommandExecutionException("a command of this batch failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new CommandExecutionException("a command of this batch did not answer within " + timeLimit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandExecutionException("interrupted while a batch waited for its commands", e);
        }
    }
}
