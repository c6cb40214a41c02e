-- Read models are rebuilt in a copy of their schema, the next generation, which then takes the place of the live one.

-- One row a rebuild, gone when the generation that is not read is dropped.
create table projection_rebuild (
    processor         text primary key,
    state             text        not null,
    -- Whether the generations are to change places as soon as that can be.
    switching         boolean     not null,
    started_at        timestamptz not null,
    started_by        text        not null,
    target            bigint      not null,
    indexed_at        timestamptz,
    ready_at          timestamptz,
    switched_at       timestamptz,
    -- How often the generations have changed places: whoever has seen fewer works with what is not there any more.
    switches          integer     not null default 0,
    sampled_at        timestamptz,
    position          bigint,
    head              bigint,
    events_per_second double precision,
    differences       text,
    failure           text
) with (fillfactor = 50);

-- Makes the tables of a schema anew in another one: empty, with their keys, views and triggers, but without the indexes
-- that only reading needs; those are made when the tables are full (see missing_indexes). What it does not know how to
-- copy it refuses. A trigger's function stays where it is, so it has to find its tables by tg_table_schema.
create function clone_schema(source text, target text) returns void language plpgsql as $$
declare
    item record;
    qualified text := '\m' || source || '\.';
begin
    select into item relname, relkind from pg_class
    where relnamespace = source::regnamespace and relkind not in ('r', 'v', 'i', 'c', 't')
        and not (relkind = 'S' and exists (
            select from pg_depend where objid = pg_class.oid and deptype = 'i'));
    if found then
        raise exception '%.% is of a kind (%) that cannot be cloned', source, item.relname, item.relkind;
    end if;
    execute format('create schema %I', target);
    for item in
        select relname, reloptions from pg_class
        where relnamespace = source::regnamespace and relkind = 'r' order by oid
    loop
        execute format('create table %I.%I (like %I.%I including all excluding indexes)',
            target, item.relname, source, item.relname);
        if item.reloptions is not null then
            execute format('alter table %I.%I set (%s)', target, item.relname, array_to_string(item.reloptions, ', '));
        end if;
    end loop;
    -- Foreign keys last, when there is what they refer to.
    for item in
        select conname, relname, pg_get_constraintdef(pg_constraint.oid) as definition
        from pg_constraint join pg_class on pg_class.oid = conrelid
        where relnamespace = source::regnamespace and relkind = 'r' and contype in ('p', 'u', 'x', 'f')
        order by contype = 'f', pg_constraint.oid
    loop
        execute format('alter table %I.%I add constraint %I %s', target, item.relname, item.conname,
            regexp_replace(item.definition, qualified, target || '.', 'g'));
    end loop;
    for item in
        select relname, pg_get_viewdef(oid) as definition from pg_class
        where relnamespace = source::regnamespace and relkind = 'v' order by oid
    loop
        execute format('create view %I.%I as %s', target, item.relname,
            regexp_replace(item.definition, qualified, target || '.', 'g'));
    end loop;
    for item in
        select pg_get_triggerdef(pg_trigger.oid) as definition
        from pg_trigger join pg_class on pg_class.oid = tgrelid
        where relnamespace = source::regnamespace and not tgisinternal order by pg_trigger.oid
    loop
        execute regexp_replace(item.definition, qualified, target || '.', 'g');
    end loop;
end
$$;

-- The statements that make those indexes of a schema that a clone of it has not got.
create function missing_indexes(source text, target text) returns table (statement text) language sql stable as $$
    select regexp_replace(pg_get_indexdef(indexrelid), '\m' || source || '\.', target || '.')
    from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = source::regnamespace
        and not exists (select from pg_constraint where conindid = indexrelid)
        and not exists (select from pg_class as made
            where made.relnamespace = target::regnamespace and made.relname = pg_class.relname)
    order by indexrelid
$$;

-- The elements in an order that does not depend on that in which they were gathered.
create function sorted(elements anyarray) returns anyarray language sql immutable as $$
    select array_agg(element order by element) from unnest(elements) as element
$$;

-- One query a table of a schema, which finds the rows that a clone of it has otherwise: what is wrong, the key, and what
-- stands for either row. Arrays are compared as sets: events of several aggregates may be handled in another order.
-- With keys, as an array of texts for each column of the key, only these are looked at.
-- A table without a primary key cannot be compared.
create function comparisons(source text, target text, of_keys boolean)
returns table (table_name text, key_columns integer, query text) language plpgsql stable as $$
declare
    item record;
    candidates text;
begin
    for item in
        select pg_class.oid, relname,
            (select string_agg(format('%s is distinct from %s',
                    case when attndims > 0 or typcategory = 'A' then format('public.sorted(live.%I)', attname)
                        else format('live.%I', attname) end,
                    case when attndims > 0 or typcategory = 'A' then format('public.sorted(next.%I)', attname)
                        else format('next.%I', attname) end), ' or ' order by attnum)
                from pg_attribute join pg_type on pg_type.oid = atttypid
                where attrelid = pg_class.oid and attnum > 0 and not attisdropped) as unequal,
            -- Counts that have come to nothing are as good as none.
            (select case when bool_and(typcategory = 'N')
                    then string_agg(format('coalesce(live.%1$I, next.%1$I, 0) <> 0', attname), ' or ') else 'true' end
                from pg_attribute join pg_type on pg_type.oid = atttypid
                where attrelid = pg_class.oid and attnum > 0 and not attisdropped
                    and not exists (select from pg_constraint
                        where conrelid = attrelid and contype = 'p' and attnum = any (conkey))) as anything,
            (select array_agg(attname::text order by ordinality)
                from pg_constraint, unnest(conkey) with ordinality as key (attnum, ordinality)
                join pg_attribute using (attnum)
                where conrelid = pg_class.oid and contype = 'p' and attrelid = conrelid) as key,
            (select array_agg(format_type(atttypid, atttypmod) order by ordinality)
                from pg_constraint, unnest(conkey) with ordinality as key (attnum, ordinality)
                join pg_attribute using (attnum)
                where conrelid = pg_class.oid and contype = 'p' and attrelid = conrelid) as types
        from pg_class where relnamespace = source::regnamespace and relkind = 'r'
            and exists (select from pg_constraint where conrelid = pg_class.oid and contype = 'p')
        order by pg_class.oid
    loop
        table_name := item.relname;
        key_columns := cardinality(item.key);
        if of_keys then
            select into candidates format(
                '(select %s from unnest(%s) as given (%s)) as given'
                    || ' left join %I.%I as live on %s left join %I.%I as next on %s',
                string_agg(format('%I::%s as %I', name, type, name), ', '),
                string_agg('?::text[]', ', '), string_agg(format('%I', name), ', '),
                source, item.relname, string_agg(format('live.%I = given.%I', name, name), ' and '),
                target, item.relname, string_agg(format('next.%I = given.%I', name, name), ' and '))
            from unnest(item.key, item.types) as key (name, type);
        else
            select into candidates format('%I.%I as live full join %I.%I as next on %s',
                source, item.relname, target, item.relname,
                string_agg(format('live.%I = next.%I', name, name), ' and '))
            from unnest(item.key) as name;
        end if;
        query := format(
            'select case when next.%1$I is null then ''LIVE'' when live.%1$I is null then ''NEXT'' else ''BOTH'' end'
                || ' as found_in, array[%2$s] as key, md5(live::text) as live, md5(next::text) as next from %3$s'
                || ' where ((live.%1$I is null) <> (next.%1$I is null) and (%5$s))'
                || ' or (live.%1$I is not null and case when live *<> next then %4$s end)',
            item.key[1],
            (select string_agg(format('coalesce(live.%I, next.%I)::text', name, name), ', ')
                from unnest(item.key) as name),
            candidates, item.unequal, coalesce(item.anything, 'true'));
        return next;
    end loop;
end
$$;
