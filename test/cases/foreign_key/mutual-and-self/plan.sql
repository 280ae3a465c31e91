BEGIN;

-- 1. create table:app.a
CREATE TABLE app.a (
  id integer NOT NULL,
  b_id integer,
  parent_id integer,
  CONSTRAINT a_pkey PRIMARY KEY (id)
);

-- 2. create table:app.b
CREATE TABLE app.b (
  id integer NOT NULL,
  a_id integer,
  CONSTRAINT b_pkey PRIMARY KEY (id)
);

-- 3. create foreign_key:app.a.a_b_id_fkey
ALTER TABLE app.a ADD CONSTRAINT a_b_id_fkey FOREIGN KEY (b_id) REFERENCES app.b (id) DEFERRABLE;

-- 4. create foreign_key:app.a.a_parent_id_fkey
ALTER TABLE app.a ADD CONSTRAINT a_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES app.a (id) ON DELETE CASCADE;

-- 5. create foreign_key:app.b.b_a_id_fkey
ALTER TABLE app.b ADD CONSTRAINT b_a_id_fkey FOREIGN KEY (a_id) REFERENCES app.a (id);

COMMIT;
