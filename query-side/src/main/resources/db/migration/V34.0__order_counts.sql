-- How many orders there are and what they come to, by the hour of their placing and by status: the totals of lists and
-- reports, and the hour that a page far behind begins in, without counting orders.
alter table orders.order_progress
    add column total    numeric(19, 4),
    add column currency char(3);
update orders.order_progress
set total = placed.total, currency = placed.currency
from orders.placed_order as placed
where placed.order_id = order_progress.order_id;

create table orders.order_count (
    hour     timestamptz,
    status   order_status,
    currency char(3),
    orders   bigint         not null,
    total    numeric(30, 4) not null,
    primary key (hour, status, currency)
) with (fillfactor = 50);
insert into orders.order_count
select date_trunc('hour', placed_at, 'UTC'), status, currency, count(*), sum(total)
from orders.order_progress
where placed_at is not null
group by 1, 2, 3;

-- A page of the orders of one status is found in the index alone.
drop index orders.order_progress_by_status;
create index order_progress_by_status on orders.order_progress (status, placed_at, order_id);
