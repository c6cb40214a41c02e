-- What the auditor keeps. Only the auditor writes here, one at a time; but for the two tables of changes.

-- What has changed since the auditor looked last: one row a batch of events, taken away by the auditor's next run.
create table audit_order_change (
    orders   uuid[] not null,
    payments uuid[] not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- One element each event of stock; quantity: the pieces set aside for the order, less than 0 if no longer.
create table audit_stock_change (
    skus       text[]   not null,
    sequences  bigint[] not null,
    orders     uuid[]   not null,
    quantities bigint[] not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Totals a SKU, added up from its movements and reservations until the event of that number.
create table audit_stock (
    sku      varchar(64) collate "C" primary key,
    sequence bigint not null,
    on_hand  bigint not null,
    reserved bigint not null
) with (fillfactor = 50);

-- The reservations that were open at the last run.
create table audit_reservation (
    order_id uuid,
    sku      varchar(64) collate "C",
    quantity bigint not null,
    primary key (order_id, sku)
);

-- Orders that were not at rest at the last run, and are looked at again whether they change or not.
create table audit_watched (
    order_id uuid primary key
);

-- What looked wrong at the last run, but may only be late. Head: the position that events had reached by then.
create table audit_suspicion (
    rule        text,
    subject     text,
    fingerprint text        not null,
    since       timestamptz not null,
    head        bigint      not null,
    primary key (rule, subject)
);

create table audit_breach (
    breach      bigint generated always as identity primary key,
    rule        text        not null,
    subject     text        not null,
    orders      uuid[]      not null,
    first_seen  timestamptz not null,
    last_seen   timestamptz not null,
    resolved_at timestamptz,
    details     text        not null
);

create unique index audit_breach_open on audit_breach (rule, subject) where resolved_at is null;

create table audit_run (
    run            bigint generated always as identity primary key,
    started_at     timestamptz not null,
    finished_at    timestamptz not null,
    changed_orders bigint      not null,
    changed_skus   bigint      not null,
    compared       bigint      not null,
    rows_read      bigint      not null,
    open_breaches  bigint      not null
);

-- How far the samples have gone round.
create table audit_mark (
    name  text primary key,
    value text not null
);
