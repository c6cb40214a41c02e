-- What operators want of event processors, and what the nodes tell of those that they run. A handful of rows.

create table processor_pause (
    processor_name text        primary key,
    since          timestamptz not null,
    user_id        text        not null,
    correlation_id text        not null
);

create table processor_node (
    processor_name text        not null,
    node           text        not null,
    running        boolean     not null,
    threads        integer     not null,
    seen_at        timestamptz not null,
    primary key (processor_name, node)
) with (fillfactor = 50);

create table processor_failure (
    processor_name text        not null,
    segment        integer     not null,
    node           text        not null,
    message        text        not null,
    since          timestamptz not null,
    primary key (processor_name, segment)
);

create table processor_action (
    position       bigint generated always as identity primary key,
    processor_name text        not null,
    action         text        not null,
    segment        integer,
    at             timestamptz not null,
    user_id        text        not null,
    correlation_id text        not null
);
