package io.orderworkflow.rest;

import io.grpc.StatusRuntimeException;
import io.orderworkflow.platform.Unavailable;
import io.orderworkflow.platform.messaging.TransientFailures;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.query.AxonServerQueryDispatchException;
import org.axonframework.common.AxonTransientException;
import org.axonframework.lifecycle.ShutdownInProgressException;
import org.axonframework.messaging.timeout.AxonTimeoutException;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What a failure that is not a refusal means for whoever asked. */
enum Fault {
    /** It was not begun; asking again is always right. */
    NOTHING_DONE,
    /** It may have been done: a part of the system did not answer. Asking again is right where that is safe. */
    OUTCOME_UNKNOWN,
    /** Asking again would fail again. */
    BROKEN;

    static Fault of(Throwable failure) {
        if (TransientFailures.isUndelivered(failure)) {
            return NOTHING_DONE;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotDispatchedException
                    || cause instanceof NoHandlerForQueryException
                    || cause instanceof RejectedExecutionException
                    || cause instanceof ShutdownInProgressException
                    || cause instanceof CannotCreateTransactionException) {
                return NOTHING_DONE;
            }
            if (cause instanceof TimeoutException
                    || cause instanceof AxonTimeoutException
                    || cause instanceof AxonTransientException
                    || cause instanceof AxonServerException
                    || cause instanceof AxonServerQueryDispatchException
                    // Axon's bus lets these of the connector below it pass when the connection breaks.
                    || cause instanceof io.axoniq.axonserver.connector.AxonServerException
                    || cause instanceof StatusRuntimeException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof ConnectException
                    || Unavailable.toldBy(cause).isPresent()
                    || isConnectionLost(cause)) {
                return OUTCOME_UNKNOWN;
            }
        }
        return BROKEN;
    }

    private static boolean isConnectionLost(Throwable cause) {
        if (cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || cause instanceof SQLNonTransientConnectionException) {
            return true;
        }
        // 08: the connection failed; 57P: the server was shut down or is starting; 53: it is out of resources.
        return cause instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("08")
                        || sql.getSQLState().startsWith("57P")
                        || sql.getSQLState().startsWith("53"));
    }
}
