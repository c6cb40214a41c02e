-- To find out what is in a table takes as long as to write hundreds of orders, and was done whenever a tenth of its rows
-- had changed. Half as many rows more hardly change what is known of them; and as rows of the first two are changed about
-- five times on an order's way, as many changes as there are rows are a fifth more orders.
alter table orders.order_progress set (autovacuum_analyze_scale_factor = 1);
alter table orders.payment_view set (autovacuum_analyze_scale_factor = 1);
alter table orders.placed_order set (autovacuum_analyze_scale_factor = 0.5);
alter table orders.order_sku set (autovacuum_analyze_scale_factor = 0.5);
alter table inventory.stock_movement set (autovacuum_analyze_scale_factor = 0.5);

-- Generations that are being filled, or are kept to go back to.
alter table if exists orders_next.order_progress set (autovacuum_analyze_scale_factor = 1);
alter table if exists orders_next.payment_view set (autovacuum_analyze_scale_factor = 1);
alter table if exists orders_next.placed_order set (autovacuum_analyze_scale_factor = 0.5);
alter table if exists orders_next.order_sku set (autovacuum_analyze_scale_factor = 0.5);
alter table if exists inventory_next.stock_movement set (autovacuum_analyze_scale_factor = 0.5);
