BEGIN;

-- 1. drop foreign_key:app.child.fk_all
ALTER TABLE app.child DROP CONSTRAINT fk_all;

-- 2. drop foreign_key:app.child.fk_full
--    drop_foreign_key: rows of app.child may come to point at nothing
ALTER TABLE app.child DROP CONSTRAINT fk_full;

-- 3. alter column:app.child.b
ALTER TABLE app.child ALTER COLUMN b DROP DEFAULT;

-- 4. create foreign_key:app.child.fk_all
--    validates_foreign_key: every row of app.child is checked while both tables take no writes
ALTER TABLE app.child ADD CONSTRAINT fk_all FOREIGN KEY (a, b) REFERENCES app.parent (a, b);

-- 5. alter foreign_key:app.child.fk_late
ALTER TABLE app.child ALTER CONSTRAINT fk_late NOT DEFERRABLE;

COMMIT;
