package io.orderworkflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresExceptionResolverTest {

    private final PostgresExceptionResolver resolver = new PostgresExceptionResolver();

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40001", "40P01"})
    void knowsThatSomebodyElseWroteFirst(String state) {
        assertThat(resolver.isDuplicateKeyViolation(new SQLException("lost", state)))
                .isTrue();
    }

    @Test
    void looksIntoTheCausesAndIntoWhatABatchReportsNext() {
        BatchUpdateException batch = new BatchUpdateException("batch entry 0 was aborted", null, new int[0]);
        batch.setNextException(new SQLException("duplicate key", "23505"));

        assertThat(resolver.isDuplicateKeyViolation(new EventStoreException("could not append", batch)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "23502", "23503", "25P02", "42P01", "57P01"})
    void takesNoOtherFailureForALostRace(String state) {
        assertThat(resolver.isDuplicateKeyViolation(new SQLException("broken", state)))
                .isFalse();
    }

    @Test
    void takesFailuresWithoutAStateForNoLostRace() {
        assertThat(resolver.isDuplicateKeyViolation(new SQLException("no state")))
                .isFalse();
        assertThat(resolver.isDuplicateKeyViolation(new IllegalStateException("no database")))
                .isFalse();
    }
}
