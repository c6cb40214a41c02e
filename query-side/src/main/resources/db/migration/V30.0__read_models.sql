-- Read models. Written set-wise from events, read by queries; whatever is here can be rebuilt from the events.
--
-- Every table is written by "insert … on conflict do update", whose plan cannot go wrong. Columns that the first event
-- of a row brings may be null for that only: "not null" would be checked before it is seen that the row exists.

-- States in an order in which they are only ever passed upwards, so that a row takes the greatest of what it has and
-- what it is told, and an event that arrives behind a later one of another aggregate takes nothing back.
create type order_status as enum (
    'PLACED', 'RESERVED', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'REJECTED', 'CANCELLED');
create type payment_status as enum (
    'REQUESTED', 'AUTHORIZED', 'CAPTURED', 'FAILED', 'VOIDED', 'DECLINED', 'PARTIALLY_REFUNDED', 'REFUNDED');

-- What was ordered: written once. Apart from where the order stands, because a row that changes an indexed column is
-- written anew into all indexes.
create table placed_order (
    order_id         uuid primary key,
    payment_id       uuid                    not null,
    customer_id      varchar(64) collate "C" not null,
    lines            text                    not null,
    skus             varchar[]               not null,
    total            numeric(19, 4)          not null,
    currency         char(3)                 not null,
    shipping_address text                    not null,
    placed_at        timestamptz             not null
);

create index placed_order_by_time on placed_order (placed_at, order_id);
create index placed_order_by_customer on placed_order (customer_id, placed_at);
create index placed_order_by_total on placed_order (total, placed_at);
create index placed_order_by_sku on placed_order using gin (skus);

-- Where an order stands. Placed_at is repeated here, so that one index tells the newest orders of a status.
-- Events: where each event of the order and of the stock that it asked for is to be found, in one row rather than in
-- ten: half the WAL, and a third of the time. Those of the payment are kept with the payment.
create table order_progress (
    order_id   uuid primary key,
    status     order_status not null,
    placed_at  timestamptz,
    settled_at timestamptz,
    reason     text,
    events     text[]       not null
) with (fillfactor = 50);

create index order_progress_by_status on order_progress (status, placed_at);
create index order_progress_by_settlement on order_progress (settled_at);

-- Positions: where each event of the payment is among all events, in order.
create table payment_view (
    payment_id         uuid primary key,
    order_id           uuid           not null,
    status             payment_status not null,
    reason_code        text,
    reason_message     text,
    amount             numeric(19, 4),
    refunded           numeric(19, 4),
    currency           char(3),
    method             text,
    provider_reference text,
    attempts           text,
    requested_at       timestamptz,
    positions          bigint[]       not null
) with (fillfactor = 50);

-- A payment that was undone before it was asked for is none.
create view order_view as
select
    placed_order.order_id,
    customer_id,
    order_progress.status,
    reason,
    lines,
    skus,
    total,
    placed_order.currency,
    placed_order.payment_id,
    payment_view.status as payment_status,
    shipping_address,
    placed_order.placed_at,
    order_progress.placed_at as placed_at_by_status,
    settled_at,
    cardinality(events) + coalesce(cardinality(positions), 0) as version
from placed_order
left join order_progress on order_progress.order_id = placed_order.order_id
left join payment_view on payment_view.payment_id = placed_order.payment_id and requested_at is not null;

create table product_view (
    sku      varchar(64) collate "C" primary key,
    name     text,
    price    numeric(19, 4),
    currency char(3),
    category text,
    version  bigint not null
);

create index product_view_by_name on product_view (name, sku);
create index product_view_by_category on product_view (category, sku);

-- Changed by every order: no index on what changes, so that an update stays within its page.
create table stock_view (
    sku           varchar(64) collate "C" primary key,
    on_hand       bigint,
    reserved      bigint,
    reorder_point bigint,
    version       bigint not null
) with (fillfactor = 30);

create table stock_movement (
    sku      varchar(64) collate "C",
    sequence bigint,
    at       timestamptz not null,
    type     text        not null,
    delta    bigint      not null,
    on_hand  bigint      not null,
    order_id uuid,
    reason   text,
    primary key (sku, sequence)
);
