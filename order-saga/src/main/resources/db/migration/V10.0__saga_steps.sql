-- What was done on every event that a saga handled, on an order's way or on that of a refund. Only ever added to, with
-- one statement a batch. Text as JSON, not as jsonb: it is read back as it is, and seldom.
create table saga_step (
    order_id           uuid        not null,
    id                 bigint      generated always as identity,
    refund_id          uuid,
    event              text        not null,
    event_id           text        not null,
    step               text,
    awaited            text,
    attempts           integer     not null,
    changes            json        not null,
    commands           json,
    deadline           timestamptz,
    deadline_cancelled boolean     not null,
    failure            text,
    micros             bigint      not null,
    correlation_id     text,
    trace_id           text,
    at                 timestamptz not null,
    primary key (order_id, id)
);

-- To clear away what is old: a few pages, whatever the size of the table, as rows come in the order of time.
create index saga_step_at on saga_step using brin (at);
