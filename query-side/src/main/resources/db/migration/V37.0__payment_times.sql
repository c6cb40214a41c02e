-- When the money was held and when it was taken: how long the steps of an order's way take. Of payments that are older
-- than these columns it becomes known by a rebuild.
alter table orders.payment_view
    add column authorized_at timestamptz,
    add column captured_at   timestamptz;

-- A generation that is being filled, or is kept to go back to.
alter table if exists orders_next.payment_view
    add column authorized_at timestamptz,
    add column captured_at   timestamptz;
