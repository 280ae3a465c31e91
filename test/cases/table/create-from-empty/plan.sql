BEGIN;

-- 1. create namespace:app
CREATE SCHEMA app;

-- 2. create table:app.customers
CREATE TABLE app.customers (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  email text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT customers_pkey PRIMARY KEY (id),
  CONSTRAINT customers_email UNIQUE (email)
);

-- 3. create table:app.orders
CREATE TABLE app.orders (
  id bigint GENERATED ALWAYS AS IDENTITY (INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE) NOT NULL,
  customer_id uuid NOT NULL,
  status text DEFAULT 'open'::text NOT NULL,
  amount bigint NOT NULL,
  CONSTRAINT orders_pkey PRIMARY KEY (id),
  CONSTRAINT orders_amount CHECK ((amount > 0))
);

-- 4. create index:app.orders_by_customer
CREATE INDEX orders_by_customer ON app.orders USING btree (customer_id, id DESC) INCLUDE (status);

-- 5. create index:app.orders_open
CREATE INDEX orders_open ON app.orders USING btree (id) WHERE (status = 'open'::text);

-- 6. create foreign_key:app.orders.orders_customer_id_fkey
ALTER TABLE app.orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES app.customers (id) ON DELETE RESTRICT;

-- 7. create comment(column:app.customers.email)
COMMENT ON COLUMN app.customers.email IS 'Where receipts go';

-- 8. create comment(namespace:app)
COMMENT ON SCHEMA app IS 'The shop';

-- 9. create comment(table:app.customers)
COMMENT ON TABLE app.customers IS 'Who buys';

COMMIT;
