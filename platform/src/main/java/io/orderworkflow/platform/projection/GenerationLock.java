package io.orderworkflow.platform.projection;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Keeps generations from changing places. Whoever reads or writes one by a single statement needs no such thing: all of
 * that is done in one generation or in the other.
 */
public final class GenerationLock {

    private static final String KEY = "(hashtext('order-workflow.generations'))";

    private GenerationLock() {}

    /** No generations change places before the transaction ends. To be called before it looks at anything. */
    public static void share(JdbcOperations jdbc) {
        jdbc.query("select pg_advisory_xact_lock_shared" + KEY, row -> {});
    }

    static void take(JdbcOperations jdbc) {
        jdbc.query("select pg_advisory_xact_lock" + KEY, row -> {});
    }
}
