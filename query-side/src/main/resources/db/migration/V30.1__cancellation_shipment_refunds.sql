-- Where an order is cancelled, shipped and delivered, and what of its money is given back.
--
-- Refunds: one piece of JSON for each of their events, without brackets, to be put together when they are read.
alter table order_progress
    add column cancellation text,
    add column shipment     text,
    add column delivered_at timestamptz;
alter table payment_view
    add column refunds text,
    add column events  text[];

-- An event is known by its aggregate and its number there. Where the events are in PostgreSQL, its position among all
-- events is not kept here any more: the store knows it, while the token of a processor tells of an event that was
-- committed behind a later one the position of that later one.
update payment_view
set events = (select coalesce(array_agg(position || ':' || number - 1 order by number), '{}')
              from unnest(positions) with ordinality as known (position, number));

create function pg_temp.without_positions(pointers text[]) returns text[] language sql as $$
    select coalesce(array_agg(substring(pointer from ':.*$') order by number), '{}')
    from unnest(pointers) with ordinality as known (pointer, number)
$$;
update payment_view set events = pg_temp.without_positions(events)
where exists (select from domain_event_entry);
update order_progress set events = pg_temp.without_positions(events)
where exists (select from domain_event_entry);

drop view order_view;
alter table payment_view
    alter column events set not null,
    drop column positions;

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
    shipment,
    delivered_at,
    cancellation,
    shipping_address,
    placed_order.placed_at,
    order_progress.placed_at as placed_at_by_status,
    settled_at,
    cardinality(order_progress.events) + coalesce(cardinality(payment_view.events), 0) as version
from placed_order
left join order_progress on order_progress.order_id = placed_order.order_id
left join payment_view on payment_view.payment_id = placed_order.payment_id and requested_at is not null;
