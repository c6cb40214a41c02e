package io.orderworkflow.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandMessage;

/** A command on its way. */
final class Parcel {

    final CommandMessage<?> command;
    final Sender sender;
    final CompletableFuture<Object> answer = new CompletableFuture<>();
    final Instant answerBy;
    Instant from;

    Parcel(CommandMessage<?> command, Sender sender, Instant sentAt, Instant from) {
        this.command = command;
        this.sender = sender;
        this.from = from;
        this.answerBy = sentAt.plus(sender.patience);
    }

    boolean isAwaited() {
        return sender != Sender.NOBODY && sender != Sender.PERSON && !answer.isDone();
    }

    @Override
    public String toString() {
        return command.getPayload() + " from " + sender;
    }

    /** Who sends commands, and how long they wait for an answer. */
    enum Sender {
        PERSON(Duration.ofSeconds(30)),
        SAGA(Duration.ofSeconds(5)),
        PAYMENT_WORKER(Duration.ofSeconds(10)),
        SCHEDULE(Duration.ofSeconds(30)),
        /** Whoever sent it is dead, or has its answer already. */
        NOBODY(Duration.ZERO);

        private final Duration patience;

        Sender(Duration patience) {
            this.patience = patience;
        }
    }
}
