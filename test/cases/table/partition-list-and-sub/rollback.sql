BEGIN;

-- 1. drop table:app.sales_de
--    drop_table: table app.sales_de goes, with its rows
DROP TABLE app.sales_de;

-- 2. drop table:app.sales_rest_0
--    drop_table: table app.sales_rest_0 goes, with its rows
DROP TABLE app.sales_rest_0;

-- 3. drop table:app.sales_rest_1
--    drop_table: table app.sales_rest_1 goes, with its rows
DROP TABLE app.sales_rest_1;

-- 4. drop table:app.sales_rest
--    drop_table: table app.sales_rest goes, with its rows
DROP TABLE app.sales_rest;

COMMIT;
