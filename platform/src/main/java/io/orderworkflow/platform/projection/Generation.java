package io.orderworkflow.platform.projection;

/**
 * One of the copies that there may be of a projection's tables: the live one, which is read; and the next one, which is
 * filled beside it and takes its place. Each has a processor and a schema of its own, whose names stay with the place:
 * whatever is in the schema of the live generation is what is read.
 *
 * @param processor name of the processor, and of the processing group, that writes this generation
 * @param schema where its tables are
 * @param role what its handlers do
 */
public record Generation(String processor, String schema, Role role) {

    /** What goes before the name of a table in the SQL of a projection. */
    private static final String PLACEHOLDER = "{schema}";

    /** An SQL text with the schema put wherever <code>{schema}</code> stands. */
    public String sql(String text) {
        return text.replace(PLACEHOLDER, schema);
    }

    /** Whether what happens is told to others, such as the followers of an order. */
    public boolean tells() {
        return role != Role.NEXT;
    }

    /** Whether rows are written. */
    boolean writes() {
        return role != Role.TELLING;
    }

    /** What the handlers of a generation do. */
    public enum Role {
        /** Write, and tell others. */
        LIVE,
        /** Write in silence. */
        NEXT,
        /** Tell others what was written in silence, and write nothing. */
        TELLING
    }
}
