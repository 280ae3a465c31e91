BEGIN;

-- 1. create table:app.sales_de
CREATE TABLE app.sales_de PARTITION OF app.sales FOR VALUES IN ('DE', 'AT');

-- 2. create table:app.sales_rest
CREATE TABLE app.sales_rest PARTITION OF app.sales DEFAULT PARTITION BY HASH (id);

-- 3. create table:app.sales_rest_0
CREATE TABLE app.sales_rest_0 PARTITION OF app.sales_rest FOR VALUES WITH (modulus 2, remainder 0);

-- 4. create table:app.sales_rest_1
CREATE TABLE app.sales_rest_1 PARTITION OF app.sales_rest FOR VALUES WITH (modulus 2, remainder 1);

COMMIT;
