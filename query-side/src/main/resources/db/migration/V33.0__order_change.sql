-- What has changed about orders, in the order in which it was committed: one row a batch of events. Streams tell their
-- clients of it, and the auditor looks at it; a row that is an hour old and that the auditor has seen is deleted.
--
-- Change: the number of the last of the row's orders; the one before it has the number before it, and so on. Numbers are
-- drawn under a lock that is held until the row is committed, so none becomes visible behind a higher one.
create table order_change (
    change   bigint primary key,
    at       timestamptz not null default clock_timestamp(),
    orders   uuid[]      not null,
    payments uuid[]      not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

create sequence order_change_number;

-- What the auditor has not looked at yet.
insert into order_change (change, orders, payments)
select sum(cardinality(orders)) over (order by ctid), orders, payments from audit_order_change
where cardinality(orders) > 0;
select setval('order_change_number', max(change)) from order_change having count(*) > 0;

drop table audit_order_change;
