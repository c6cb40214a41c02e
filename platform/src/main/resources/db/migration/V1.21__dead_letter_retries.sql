-- When the first event of a parked sequence is tried again; beside what Axon's queue writes.
alter table dead_letter_entry
    add column retries     integer not null default 0,
    add column parked      boolean not null default false,
    add column next_try_at timestamptz;

-- What operators did about parked sequences; kept when these are gone.
create table dead_letter_action (
    position       bigint generated always as identity primary key,
    processor_name text        not null,
    sequence       text        not null,
    action         text        not null,
    at             timestamptz not null,
    user_id        text        not null,
    correlation_id text        not null,
    cause          text        not null,
    message        text        not null,
    events         text        not null,
    reason         text
);

create index dead_letter_action_of on dead_letter_action (sequence, position);
