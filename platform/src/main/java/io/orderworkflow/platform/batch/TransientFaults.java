package io.orderworkflow.platform.batch;

import io.axoniq.axonserver.connector.impl.StreamClosedException;
import io.axoniq.axonserver.connector.impl.StreamTimeoutException;
import io.axoniq.axonserver.connector.impl.StreamUnexpectedlyCompletedException;
import io.grpc.StatusRuntimeException;
import io.orderworkflow.platform.Unavailable;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.query.AxonServerQueryDispatchException;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells faults that pass, whatever was being handled, from those that will come back with the same message. */
public final class TransientFaults {

    /** SQLSTATEs, or what they begin with. */
    private static final Set<String> SQL_STATES = Set.of(
            "08", // connection lost
            "25006", // the server has become a read-only one
            "25P03", // cut off, for it stood idle within a transaction
            "40", // deadlock, serialisation failure
            "53", // out of connections, memory, disk
            "55P03", // lock not to be had in time
            "57014", // cancelled, such as by a time limit
            "57P", // shut down, crashed, starting up
            "58"); // the server's own I/O failed

    /** What Axon Server says of a message that is too large for it, today and tomorrow. */
    private static final Set<String> AXON_SERVER_CODES_THAT_STAY = Set.of("AXONIQ-2001", "AXONIQ-3002");

    private TransientFaults() {}

    /** Whether the same message can be expected to be handled when it is tried again later. */
    public static boolean isTransient(Throwable fault) {
        Set<Throwable> chain = chainOf(fault);
        // Where the database said what it was, that counts: Spring's classes put some of it into the wrong drawer.
        return sqlStates(chain).findAny().isPresent()
                ? sqlStates(chain).anyMatch(state -> SQL_STATES.stream().anyMatch(state::startsWith))
                : chain.stream().anyMatch(TransientFaults::isTransientByType);
    }

    private static Stream<String> sqlStates(Set<Throwable> chain) {
        return chain.stream()
                .filter(SQLException.class::isInstance)
                .map(link -> ((SQLException) link).getSQLState())
                .filter(Objects::nonNull);
    }

    private static boolean isTransientByType(Throwable link) {
        return link instanceof SQLTransientException
                || link instanceof SQLRecoverableException
                || link instanceof TransientDataAccessException
                || link instanceof RecoverableDataAccessException
                || link instanceof DataAccessResourceFailureException
                || link instanceof TransactionException
                || link instanceof TimeoutException
                || isAxonServerAway(link)
                || Unavailable.toldBy(link).isPresent()
                || link instanceof InterruptedException;
    }

    /** Or comes back just now. Whatever was under way then ends with one of these. */
    private static boolean isAxonServerAway(Throwable link) {
        return link instanceof StatusRuntimeException
                || link instanceof StreamClosedException
                || link instanceof StreamTimeoutException
                || link instanceof StreamUnexpectedlyCompletedException
                || link instanceof io.axoniq.axonserver.connector.AxonServerException
                || link instanceof CommandDispatchException
                || link instanceof AxonServerQueryDispatchException
                || (link instanceof AxonServerException told && !AXON_SERVER_CODES_THAT_STAY.contains(told.code()));
    }

    private static Set<Throwable> chainOf(Throwable fault) {
        Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(fault));
        while (!open.isEmpty()) {
            Throwable link = open.pop();
            if (chain.add(link)) {
                Stream.of(Optional.ofNullable(link.getCause()), nextOf(link))
                        .flatMap(Optional::stream)
                        .forEach(open::push);
            }
        }
        return chain;
    }

    /** What hides beside the cause. */
    private static Optional<Throwable> nextOf(Throwable link) {
        if (link instanceof SQLException exception) {
            return Optional.ofNullable(exception.getNextException());
        }
        if (link instanceof TransactionSystemException exception) {
            return Optional.ofNullable(exception.getApplicationException());
        }
        return Optional.empty();
    }
}
