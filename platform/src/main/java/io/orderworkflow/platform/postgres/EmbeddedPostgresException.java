package io.orderworkflow.platform.postgres;

/** The embedded PostgreSQL cannot be started; says what is wrong and what to do in a sentence each. */
class EmbeddedPostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;

    EmbeddedPostgresException(String problem, String remedy) {
        super(problem + " " + remedy);
        this.problem = problem;
        this.remedy = remedy;
    }

    EmbeddedPostgresException(String problem, String remedy, Throwable cause) {
        super(problem + " " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    String problem() {
        return problem;
    }

    String remedy() {
        return remedy;
    }
}
