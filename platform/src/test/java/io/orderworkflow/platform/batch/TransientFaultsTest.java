package io.orderworkflow.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.ErrorCategory;
import io.axoniq.axonserver.connector.impl.StreamClosedException;
import io.grpc.Status;
import io.orderworkflow.platform.Unavailable;
import java.net.SocketException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.axonframework.axonserver.connector.ErrorCode;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class TransientFaultsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "25006", "40001", "40P01", "53300", "53100", "55P03", "57014", "57P01", "57P03", "58030"
            })
    void areWhatTheDatabaseCallsSo(String sqlState) {
        assertThat(TransientFaults.isTransient(new IllegalStateException(new SQLException("reason", sqlState))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23502", "23505", "25P02", "42P01", "42804", "54000", "P0001"})
    void areNotTheFaultsOfAStatement(String sqlState) {
        assertThat(TransientFaults.isTransient(new SQLException("reason", sqlState)))
                .isFalse();
    }

    static Stream<Throwable> faultsThatPass() {
        BatchUpdateException batch = new BatchUpdateException("one of them failed", "", 0, new int[0]);
        batch.setNextException(new SQLException("deadlock", "40P01"));
        TransactionSystemException rollback = new TransactionSystemException("could not roll back");
        rollback.initApplicationException(new SQLException("lost", "08006"));
        return Stream.of(
                batch,
                rollback,
                new SQLTransientConnectionException("the pool is exhausted"),
                new CannotGetJdbcConnectionException("refused"),
                new CannotCreateTransactionException("no connection"),
                new QueryTimeoutException("too slow"),
                new CommandExecutionException("told by another process", null, Unavailable.OUTCOME_UNKNOWN),
                new IllegalStateException(new InterruptedException()));
    }

    static Stream<Throwable> endingsOfWhatWasUnderWayWhenAxonServerWentAway() {
        return Stream.of(
                Status.UNAVAILABLE.asRuntimeException(),
                new StreamClosedException(Status.UNAVAILABLE.asRuntimeException()),
                new EventStoreException("reading failed", Status.CANCELLED.asRuntimeException()),
                new io.axoniq.axonserver.connector.AxonServerException(
                        ErrorCategory.COMMAND_DISPATCH_ERROR, "connection lost", "client"),
                new CommandDispatchException("not sent"),
                ErrorCode.CONNECTION_FAILED.convert(new IllegalStateException("away")),
                ErrorCode.QUERY_DISPATCH_ERROR.convert(new IllegalStateException("away")));
    }

    @ParameterizedTest
    @MethodSource("endingsOfWhatWasUnderWayWhenAxonServerWentAway")
    void arePartOfAxonServersAbsence(Throwable fault) {
        assertThat(TransientFaults.isTransient(fault)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"EVENT_PAYLOAD_TOO_LARGE", "GRPC_MESSAGE_TOO_LARGE"})
    void areNotMessagesThatAxonServerWillNeverTake(ErrorCode code) {
        assertThat(TransientFaults.isTransient(code.convert(new IllegalStateException("too large"))))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("faultsThatPass")
    void areFoundWhereverTheyHide(Throwable fault) {
        assertThat(TransientFaults.isTransient(fault)).isTrue();
    }

    static Stream<Throwable> faultsThatStay() {
        return Stream.of(
                new IllegalStateException("a bug"),
                new DataIntegrityViolationException("a value is missing"),
                // As Spring translates what the database calls "program limit exceeded".
                new DataAccessResourceFailureException("too large", new SQLException("index row too large", "54000")),
                new IllegalStateException(new SocketException("not the database's")));
    }

    @ParameterizedTest
    @MethodSource("faultsThatStay")
    void areNotWhatComesBackWithTheSameMessage(Throwable fault) {
        assertThat(TransientFaults.isTransient(fault)).isFalse();
    }
}
