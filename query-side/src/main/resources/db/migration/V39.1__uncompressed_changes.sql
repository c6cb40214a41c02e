-- Rows of a batch's changes, from 2 to 8 kB, are deleted soon: to compress them, which hardly makes identifiers smaller,
-- took longer than to write them.
alter table order_change set (toast_tuple_target = 8160);
alter table audit_stock_change set (toast_tuple_target = 8160);
