package io.orderworkflow.platform.store;

import java.sql.SQLException;
import java.util.Set;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.jspecify.annotations.Nullable;

/**
 * Tells from PostgreSQL's error codes whether somebody else wrote first. The resolver that Axon brings knows only an
 * exception class that PostgreSQL's driver does not use, so that a conflict would look like a broken database and
 * never be tried again.
 */
final class PostgresExceptionResolver implements PersistenceExceptionResolver {

    /** Unique violation, serialization failure, deadlock. */
    private static final Set<String> LOST_RACES = Set.of("23505", "40001", "40P01");

    @Override
    public boolean isDuplicateKeyViolation(Exception exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sqlException && isLostRace(sqlException)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLostRace(SQLException exception) {
        for (@Nullable SQLException next = exception; next != null; next = next.getNextException()) {
            if (next.getSQLState() != null && LOST_RACES.contains(next.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
