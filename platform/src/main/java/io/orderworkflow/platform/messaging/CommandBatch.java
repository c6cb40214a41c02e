package io.orderworkflow.platform.messaging;

import io.orderworkflow.platform.batch.BatchedWork;
import io.orderworkflow.platform.batch.PassingFaultException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Sends the commands of a whole batch of events, all at once, and commits the batch only after each of them was handled.
 *
 * <p>So a command is never lost: if it could not be delivered, was refused, or did not answer in time, what its event
 * changed is not committed, and the event is handled again, which sends it again. Whoever receives such a command must
 * therefore bear to receive it more than once.
 */
public final class CommandBatch {

    private final CommandGateway gateway;
    private final Duration timeLimit;
    private final InstantSource clock;
    private final BatchedWork<Commands> work = new Sending();

    /**
     * Creates the sender.
     *
     * @param gateway delivers the commands
     * @param timeLimit how long a batch waits for all of its commands; well below the time after which another node
     *     may claim the batch's token
     */
    public CommandBatch(CommandGateway gateway, Duration timeLimit) {
        this(gateway, timeLimit, Clock.systemUTC());
    }

    /**
     * Creates the sender.
     *
     * @param gateway delivers the commands
     * @param timeLimit how long a batch waits for all of its commands; well below the time after which another node
     *     may claim the batch's token
     * @param clock tells when a command is asked for
     */
    public CommandBatch(CommandGateway gateway, Duration timeLimit, InstantSource clock) {
        this.gateway = gateway;
        this.timeLimit = timeLimit;
        this.clock = clock;
    }

    /**
     * Sends a command together with the others of the current batch of events. It says when it was asked for: now, also
     * where its event is handled again, and at the same moment as all others that are asked for on this event.
     *
     * @return the command, which tells how it ended when the batch has waited for it
     * @throws IllegalStateException if no batch is being handled
     */
    public SentCommand send(Object command) {
        if (!CurrentUnitOfWork.isStarted()) {
            throw new IllegalStateException("there is no batch to send this with: " + command);
        }
        return work.current().add(command, clock);
    }

    /** Sends at commit, so that while the commands are being handled elsewhere, the batch goes on writing its rows. */
    private final class Sending extends BatchedWork<Commands> {

        @Override
        protected Commands nothing() {
            return new Commands();
        }

        @Override
        protected void begin(List<Commands> parts) {
            long deadline = System.nanoTime() + timeLimit.toNanos();
            parts.forEach(part -> part.send(gateway, deadline));
            // Waited for together: whoever waits for one after the other is woken for each.
            CompletableFuture<?> answered = CompletableFuture.allOf(
                    parts.stream().flatMap(Commands::answers).toArray(CompletableFuture[]::new));
            parts.forEach(part -> part.answered = answered);
        }

        @Override
        protected boolean settle(Commands part) {
            part.awaitAll(timeLimit);
            return !part.all.isEmpty();
        }
    }

    /** The commands of one part of a batch. */
    private static final class Commands {

        private final List<SentCommand> all = new ArrayList<>();
        private @Nullable Message<?> cause;
        private MetaData metaData = MetaData.emptyInstance();
        private CompletableFuture<?> answered = CompletableFuture.completedFuture(null);
        private long deadline;

        /** Made a message now: its metadata comes from the event that is being handled at this moment. */
        SentCommand add(Object command, InstantSource clock) {
            SentCommand sent = new SentCommand(new GenericCommandMessage<>(
                    new GenericMessage<>(
                            IdentifierFactory.getInstance().generateIdentifier(), command, metaData(clock)),
                    command.getClass().getName()));
            all.add(sent);
            return sent;
        }

        /** The same for all that is asked for on one event. */
        private MetaData metaData(InstantSource clock) {
            Message<?> handled = CurrentUnitOfWork.get().getMessage();
            if (cause != handled) {
                cause = handled;
                metaData = AskedAt.with(CurrentUnitOfWork.correlationData(), clock.instant());
            }
            return metaData;
        }

        void send(CommandGateway gateway, long until) {
            deadline = until;
            all.forEach(command -> command.send(gateway));
        }

        Stream<CompletableFuture<?>> answers() {
            return all.stream().map(SentCommand::answer);
        }

        /** Waits for all of them, so that nothing of this part is under way any more, then tells of the worst. */
        void awaitAll(Duration timeLimit) {
            awaitBatch();
            RuntimeException passing = null;
            RuntimeException lasting = null;
            for (SentCommand command : all) {
                try {
                    command.await(deadline, timeLimit);
                } catch (PassingFaultException failure) {
                    passing = passing == null ? failure : passing;
                } catch (CommandExecutionException failure) {
                    lasting = lasting == null ? failure : lasting;
                }
            }
            if (lasting != null) {
                throw lasting;
            }
            if (passing != null) {
                throw passing;
            }
        }

        private void awaitBatch() {
            try {
                answered.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // Each of them tells of itself.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
