-- Fault scenarios of the built-in payment provider that are switched on. Empty unless somebody plays with them.
create table fault_scenario (
    name           text primary key,
    switched_on_at timestamptz not null default clock_timestamp(),
    switched_on_by text        not null
);

-- The demo driver's last run, if there was one: a single row, which is claimed by whoever carries the run out. Who has not
-- said for some seconds that it is alive has ended.
create table demo_run (
    driver       text             primary key default 'the only one' check (driver = 'the only one'),
    run          uuid             not null,
    per_second   double precision not null,
    started_at   timestamptz      not null default clock_timestamp(),
    ends_at      timestamptz,
    ended_at     timestamptz,
    alive_at     timestamptz      not null default clock_timestamp(),
    placed       bigint           not null default 0,
    failed       bigint           not null default 0,
    last_failure text
) with (fillfactor = 50);
