-- Read models. Written set-wise from events, read by queries; whatever is here can be rebuilt from the events.
-- Columns may be null because every batch is one "insert … on conflict do update", and an update knows only what changed.

create table order_view (
    order_id       uuid primary key,
    customer_id    text,
    status         text,
    reason         text,
    lines          text,
    total          numeric(19, 4),
    currency       char(3),
    payment_id     uuid,
    payment_status text,
    shipping       text,
    placed_at      timestamptz,
    settled_at     timestamptz,
    version        bigint not null
) with (fillfactor = 70);

create index order_view_placed on order_view (placed_at, order_id);
create index order_view_customer on order_view (customer_id, placed_at, order_id);
create index order_view_status on order_view (status, placed_at, order_id);
create index order_view_settled on order_view (settled_at, order_id);
create index order_view_total on order_view (total, order_id);

-- Which orders have a product on one of their lines.
create table order_line_view (
    sku      text,
    order_id uuid,
    primary key (sku, order_id)
);

-- Where each event of an order is to be found, whichever aggregate it is from.
create table order_event (
    order_id     uuid,
    position     bigint,
    aggregate_id text   not null,
    sequence     bigint not null,
    primary key (order_id, position)
);

create table payment_view (
    payment_id         uuid primary key,
    order_id           uuid,
    status             text,
    reason_code        text,
    reason_message     text,
    amount             numeric(19, 4),
    refunded           numeric(19, 4),
    currency           char(3),
    method             text,
    provider_reference text,
    attempts           text,
    requested_at       timestamptz,
    version            bigint not null
) with (fillfactor = 70);

create table product_view (
    sku      text primary key,
    name     text,
    price    numeric(19, 4),
    currency char(3),
    category text,
    version  bigint not null
);

create table stock_view (
    sku           text primary key,
    on_hand       bigint,
    reserved      bigint,
    reorder_point bigint,
    version       bigint not null
) with (fillfactor = 50);

create table stock_movement (
    sku      text,
    sequence bigint,
    at       timestamptz not null,
    type     text        not null,
    previous bigint      not null,
    delta    bigint      not null,
    on_hand  bigint      not null,
    order_id uuid,
    reason   text,
    primary key (sku, sequence)
);
