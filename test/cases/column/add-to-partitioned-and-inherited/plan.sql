BEGIN;

-- 1. create column:app.p.a
ALTER TABLE app.p ADD COLUMN a integer DEFAULT 1 NOT NULL;

-- 2. create column:app.p.b
ALTER TABLE app.p ADD COLUMN b text COLLATE pg_catalog."C";

-- 3. create column:app.p1.a
ALTER TABLE app.p1 ALTER COLUMN a SET DEFAULT 2;

-- 4. drop column:app.p.gone
--    drop_column: column app.p.gone goes, with what it holds
ALTER TABLE app.p DROP COLUMN gone;

COMMIT;
