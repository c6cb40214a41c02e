-- Axon's own tables, for its JDBC stores. Everything binary is bytea: a large object is never freed by deleting its row.

create table domain_event_entry (
    global_index         bigserial primary key,
    aggregate_identifier varchar(255) not null,
    sequence_number      bigint       not null,
    type                 varchar(255),
    event_identifier     varchar(255) not null,
    time_stamp           varchar(255) not null,
    payload_type         varchar(255) not null,
    payload_revision     varchar(255),
    payload              bytea        not null,
    meta_data            bytea,
    unique (aggregate_identifier, sequence_number),
    unique (event_identifier)
);

create table snapshot_event_entry (
    aggregate_identifier varchar(255) not null,
    sequence_number      bigint       not null,
    type                 varchar(255),
    event_identifier     varchar(255) not null,
    time_stamp           varchar(255) not null,
    payload_type         varchar(255) not null,
    payload_revision     varchar(255),
    payload              bytea        not null,
    meta_data            bytea,
    primary key (aggregate_identifier, sequence_number),
    unique (event_identifier)
);

-- Few rows, each updated with every batch: room for updates within the page, and an early clean-up.
create table token_entry (
    processor_name varchar(255) not null,
    segment        integer      not null,
    token          bytea,
    token_type     varchar(255),
    timestamp      varchar(255) not null,
    owner          varchar(255),
    primary key (processor_name, segment)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- One row a saga, found by the one association that every saga of ours has. The state is rewritten with every step.
create table saga_entry (
    saga_type   text  not null,
    association text  not null,
    saga_id     text  not null,
    state       bytea not null,
    primary key (saga_type, association)
) with (fillfactor = 50);
