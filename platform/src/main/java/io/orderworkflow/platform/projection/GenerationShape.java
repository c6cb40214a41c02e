package io.orderworkflow.platform.projection;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * What the tables of a generation look like. The next one is made after the live one; a migration that changes that one
 * while there is a rebuild leaves the other as it was, and it can take its place no more.
 */
final class GenerationShape {

    private static final String SAME = """
            with things as (
                select nspname as schema, format('%s.%s %s %s', relname, attname, format_type(atttypid, atttypmod),
                    attnotnull) as thing
                from pg_attribute join pg_class on pg_class.oid = attrelid
                    join pg_namespace on pg_namespace.oid = relnamespace
                where relkind in ('r', 'v') and attnum > 0 and not attisdropped
                union all
                select nspname, format('%s %s', relname, regexp_replace(pg_get_viewdef(pg_class.oid),
                    '\\m' || nspname || '\\.', '', 'g'))
                from pg_class join pg_namespace on pg_namespace.oid = relnamespace
                where relkind = 'v' and nspname in (?, ?)
                union all
                select nspname, format('%s.%s %s', relname, conname, regexp_replace(
                    pg_get_constraintdef(pg_constraint.oid), '\\m' || nspname || '\\.', '', 'g'))
                from pg_constraint join pg_class on pg_class.oid = conrelid
                    join pg_namespace on pg_namespace.oid = relnamespace
                where contype in ('p', 'u', 'x', 'f') and nspname in (?, ?)
            )
            select not exists (
                select from things where schema in (?, ?) group by thing having count(*) <> 2)
            """;

    private GenerationShape() {}

    /** Whether both generations have the same tables, columns, keys and views. */
    static boolean isSame(JdbcOperations jdbc, ProjectionGroup group) {
        String live = group.live().schema();
        String next = group.next().schema();
        return Boolean.TRUE.equals(jdbc.queryForObject(SAME, Boolean.class, live, next, live, next, live, next));
    }
}
