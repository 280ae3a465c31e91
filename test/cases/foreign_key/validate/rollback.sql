BEGIN;

-- 1. drop foreign_key:app.child.fk_a
ALTER TABLE app.child DROP CONSTRAINT fk_a;

-- 2. create foreign_key:app.child.fk_a
ALTER TABLE app.child ADD CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES app.parent (id) NOT VALID;

-- 3. drop foreign_key:app.child.fk_b
--    drop_foreign_key: rows of app.child may come to point at nothing
ALTER TABLE app.child DROP CONSTRAINT fk_b;

COMMIT;
