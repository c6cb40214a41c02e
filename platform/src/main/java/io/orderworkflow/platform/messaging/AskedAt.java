package io.orderworkflow.platform.messaging;

import java.time.Instant;
import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MetaData;

/**
 * When a process asked for what a command says. Who handles it can tell by that how long it was on its way, without a
 * clock of its own. Not copied to what the command causes.
 */
public final class AskedAt {

    private static final String KEY = "askedAt";

    private AskedAt() {}

    /** The command, with the time in its metadata. */
    public static <T> CommandMessage<T> on(CommandMessage<T> command, Instant asked) {
        return command.withMetaData(with(command.getMetaData(), asked));
    }

    static MetaData with(MetaData metaData, Instant asked) {
        return metaData.and(KEY, asked.toString());
    }

    /** The time in a command's metadata; nothing where no process asked. */
    public static Optional<Instant> in(MetaData metaData) {
        return metaData.get(KEY) instanceof String asked ? Optional.of(Instant.parse(asked)) : Optional.empty();
    }
}
