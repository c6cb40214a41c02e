-- Where the oldest orders were to be shipped was not recorded.
alter table orders.placed_order alter column shipping_address drop not null;
