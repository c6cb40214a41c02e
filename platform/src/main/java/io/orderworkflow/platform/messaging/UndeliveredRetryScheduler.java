package io.orderworkflow.platform.messaging;

import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.commandhandling.gateway.ExponentialBackOffIntervalRetryScheduler;

/**
 * Asks again, with back-off, only where the command was certainly not handled. A command whose outcome is unknown is
 * never repeated here: whoever sent it knows whether that is safe.
 */
final class UndeliveredRetryScheduler extends ExponentialBackOffIntervalRetryScheduler {

    private static final int RETRIES = 4;
    private static final long BACK_OFF_MILLIS = 50;

    UndeliveredRetryScheduler(ScheduledExecutorService executor) {
        super(builder().retryExecutor(executor).maxRetryCount(RETRIES).backoffFactor(BACK_OFF_MILLIS));
    }

    /**
     * Judges the failure as a whole. Axon asks a configured predicate about every cause as well, and takes the conflict
     * for final because the SQL exception beneath it is none.
     */
    @Override
    protected boolean isExplicitlyNonTransient(Throwable failure) {
        return !TransientFailures.isUndelivered(failure);
    }
}
