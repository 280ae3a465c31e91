BEGIN;

-- 1. drop foreign_key:app.orders.orders_customer_id_fkey
--    drop_foreign_key: rows of app.orders may come to point at nothing
ALTER TABLE app.orders DROP CONSTRAINT orders_customer_id_fkey;

-- 2. drop table:app.customers
--    drop_table: table app.customers goes, with its rows
DROP TABLE app.customers;

-- 3. drop table:app.orders
--    drop_table: table app.orders goes, with its rows
DROP TABLE app.orders;

-- 4. drop namespace:app
DROP SCHEMA app;

COMMIT;
