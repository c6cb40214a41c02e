-- A look at what is in a table takes 30,000 rows and sorts each column of them; of the arrays of events it counts the
-- elements. Orders are looked for by key, customer, time, status, total and SKU: nothing need be known of the other columns,
-- and of an order's own key nothing but that it is one.
alter table orders.order_progress
    alter column order_id set statistics 0,
    alter column reason set statistics 0,
    alter column events set statistics 0,
    alter column cancellation set statistics 0,
    alter column shipment set statistics 0,
    alter column delivered_at set statistics 0,
    alter column total set statistics 0;

alter table orders.placed_order
    alter column order_id set statistics 0,
    alter column lines set statistics 0,
    alter column payment_id set statistics 0,
    alter column shipping_address set statistics 0;

-- Found by key alone. A tenth of the rows will do.
alter table orders.payment_view
    alter column payment_id set statistics 10,
    alter column order_id set statistics 0,
    alter column status set statistics 10,
    alter column reason_code set statistics 0,
    alter column reason_message set statistics 0,
    alter column amount set statistics 0,
    alter column refunded set statistics 0,
    alter column currency set statistics 0,
    alter column method set statistics 0,
    alter column provider_reference set statistics 0,
    alter column attempts set statistics 0,
    alter column requested_at set statistics 10,
    alter column refunds set statistics 0,
    alter column events set statistics 0,
    alter column authorized_at set statistics 0,
    alter column captured_at set statistics 0;

alter table inventory.stock_movement
    alter column sku set statistics 10,
    alter column sequence set statistics 10,
    alter column at set statistics 0,
    alter column type set statistics 0,
    alter column delta set statistics 0,
    alter column on_hand set statistics 0,
    alter column order_id set statistics 0,
    alter column reason set statistics 0;

-- Every row has other arrays.
alter table order_change
    alter column change set statistics 10,
    alter column at set statistics 10,
    alter column orders set statistics 0,
    alter column payments set statistics 0;

alter table audit_stock_change
    alter column skus set statistics 0,
    alter column sequences set statistics 0,
    alter column orders set statistics 0,
    alter column quantities set statistics 0;

-- Generations that are being filled, or are kept to go back to.
select copy_statistics_targets('orders', 'orders_next') where to_regnamespace('orders_next') is not null;
select copy_statistics_targets('inventory', 'inventory_next') where to_regnamespace('inventory_next') is not null;
