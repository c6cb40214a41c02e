package io.orderworkflow.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.Unavailable;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

class TransientFailuresTest {

    private static final Refusal REFUSAL = new Refusal(Refusal.Code.STOCK_RESERVED, "still reserved");

    @Test
    void findsTheRefusalOfACommandHandledInThisProcess() {
        assertThat(TransientFailures.refusal(new CommandRefusedException(REFUSAL.code(), REFUSAL.message())))
                .contains(REFUSAL);
    }

    @Test
    void findsTheRefusalOfACommandHandledElsewhere() {
        Throwable arrived = new CompletionException(new CommandExecutionException("remote", null, REFUSAL));

        assertThat(TransientFailures.refusal(arrived)).contains(REFUSAL);
    }

    @Test
    void takesAFailureWithoutDetailsForNoRefusal() {
        assertThat(TransientFailures.refusal(new CommandExecutionException("timed out", null)))
                .isEmpty();
        assertThat(TransientFailures.refusal(new CommandExecutionException("other", null, "details of another kind")))
                .isEmpty();
        assertThat(TransientFailures.refusal(new IllegalStateException("a bug")))
                .isEmpty();
    }

    @Test
    void tellsAnotherProcessWhetherToAskAgain() {
        assertThat(TransientFailures.unavailable(new ConcurrencyException("somebody else was first")))
                .contains(Unavailable.NOTHING_DONE);
        assertThat(TransientFailures.unavailable(new SQLTransientConnectionException("no connection")))
                .contains(Unavailable.OUTCOME_UNKNOWN);
        assertThat(TransientFailures.unavailable(new IllegalStateException("a bug")))
                .isEmpty();
        assertThat(TransientFailures.unavailable(new CommandRefusedException(REFUSAL.code(), REFUSAL.message())))
                .isEmpty();
    }

    @Test
    void believesAnotherProcess() {
        assertThat(TransientFailures.isUndelivered(told(Unavailable.NOTHING_DONE)))
                .isTrue();
        assertThat(TransientFailures.isUndelivered(told(Unavailable.OUTCOME_UNKNOWN)))
                .isFalse();
    }

    private static Throwable told(Unavailable unavailable) {
        return new CompletionException(new CommandExecutionException("remote", null, unavailable));
    }
}
