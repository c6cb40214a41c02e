-- What payment providers are still to be asked. A row is written with the token of the event that asks for it, and
-- deleted once the answer is recorded. Mostly empty; may fill while a provider is away.
create table payment_provider_call (
    payment_id      uuid           not null,
    -- That of the event. Calls of one payment are made in this order, one after the other.
    sequence_number bigint         not null,
    action          text           not null,
    order_id        uuid           not null,
    amount          numeric(19, 4) not null,
    currency        char(3)        not null,
    method          text,
    token           text,
    meta_data       jsonb          not null,
    attempts        jsonb          not null default '[]',
    -- The provider's answer, where it is known but could not be recorded yet.
    answer          jsonb,
    tries           integer        not null default 0,
    refusals        integer        not null default 0,
    requested_at    timestamptz    not null,
    due_at          timestamptz    not null,
    leased_by       text,
    leased_until    timestamptz,
    primary key (payment_id, sequence_number)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create index payment_provider_call_due on payment_provider_call (due_at);
create index payment_provider_call_void on payment_provider_call (payment_id) where action = 'VOID';

-- Who makes calls. A lease counts as long as its worker is alive, so that nobody waits for a worker that has died.
create table payment_provider_worker (
    worker      text        primary key,
    alive_until timestamptz not null
) with (fillfactor = 50);
