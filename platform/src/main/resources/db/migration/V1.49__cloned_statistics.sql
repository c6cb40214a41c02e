-- A table that is made like another one takes over everything but how much PostgreSQL is to know of each column.
create function copy_statistics_targets(source text, target text) returns void language plpgsql as $$
declare
    item record;
begin
    for item in
        select relname, attname, attstattarget
        from pg_attribute as known join pg_class on pg_class.oid = attrelid
        where relnamespace = source::regnamespace and relkind = 'r' and attnum > 0 and attstattarget >= 0
            and exists (select from pg_attribute as copied
                where copied.attrelid = to_regclass(format('%I.%I', target, relname))
                and copied.attname = known.attname)
    loop
        execute format('alter table %I.%I alter column %I set statistics %s',
            target, item.relname, item.attname, item.attstattarget);
    end loop;
end
$$;

alter function clone_schema(text, text) rename to clone_tables;
create function clone_schema(source text, target text) returns void language plpgsql as $$
begin
    perform clone_tables(source, target);
    perform copy_statistics_targets(source, target);
end
$$;
