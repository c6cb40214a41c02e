-- Read models in schemas of their own: a whole schema is rebuilt beside the live one and takes its place at once. Types
-- stay where they are, both schemas share them.
create schema orders;
create schema inventory;

alter table placed_order set schema orders;
alter table order_progress set schema orders;
alter table payment_view set schema orders;
alter view order_view set schema orders;

alter table product_view set schema inventory;
alter table stock_view set schema inventory;
alter table stock_movement set schema inventory;
