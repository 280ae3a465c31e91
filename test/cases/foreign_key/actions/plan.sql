BEGIN;

-- 1. drop foreign_key:app.child.fk_all
ALTER TABLE app.child DROP CONSTRAINT fk_all;

-- 2. alter column:app.child.b
ALTER TABLE app.child ALTER COLUMN b SET DEFAULT 0;

-- 3. create foreign_key:app.child.fk_all
--    validates_foreign_key: every row of app.child is checked while both tables take no writes
ALTER TABLE app.child ADD CONSTRAINT fk_all FOREIGN KEY (a, b) REFERENCES app.parent (a, b) ON UPDATE CASCADE ON DELETE SET NULL (b);

-- 4. create foreign_key:app.child.fk_full
--    validates_foreign_key: every row of app.child is checked while both tables take no writes
ALTER TABLE app.child ADD CONSTRAINT fk_full FOREIGN KEY (a, b) REFERENCES app.parent (a, b) MATCH FULL ON UPDATE RESTRICT ON DELETE SET DEFAULT;

-- 5. alter foreign_key:app.child.fk_late
ALTER TABLE app.child ALTER CONSTRAINT fk_late DEFERRABLE INITIALLY DEFERRED;

COMMIT;
