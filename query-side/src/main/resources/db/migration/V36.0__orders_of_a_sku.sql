-- The orders that have a line of a SKU, in the order of their placing: a page of them, and their number, are found in this
-- key alone. An inverted index on the orders' SKUs led to all of these orders, each in another place, twice a page.
create table orders.order_sku (
    sku       varchar(64) collate "C",
    placed_at timestamptz,
    order_id  uuid,
    primary key (sku, placed_at, order_id)
);
insert into orders.order_sku
select sku, placed_at, order_id from orders.placed_order cross join unnest(skus) as sku;

drop view orders.order_view;
drop index orders.placed_order_by_sku;
alter table orders.placed_order drop column skus;

-- A payment that was undone before it was asked for is none.
create view orders.order_view as
select
    placed_order.order_id,
    customer_id,
    order_progress.status,
    reason,
    lines,
    placed_order.total,
    placed_order.currency,
    placed_order.payment_id,
    payment_view.status as payment_status,
    shipment,
    delivered_at,
    cancellation,
    shipping_address,
    placed_order.placed_at,
    order_progress.placed_at as placed_at_by_status,
    settled_at,
    cardinality(order_progress.events) + coalesce(cardinality(payment_view.events), 0) as version
from orders.placed_order
left join orders.order_progress on order_progress.order_id = placed_order.order_id
left join orders.payment_view on payment_view.payment_id = placed_order.payment_id and requested_at is not null;

-- How an order that was found by its lines stands is told by the index.
alter table orders.order_progress
    drop constraint order_progress_pkey,
    add primary key (order_id) include (status);
