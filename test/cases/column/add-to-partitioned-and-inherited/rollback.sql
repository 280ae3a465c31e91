BEGIN;

-- 1. create column:app.p.gone
ALTER TABLE app.p ADD COLUMN gone text;

-- 2. drop column:app.p.a
--    drop_column: column app.p.a goes, with what it holds
ALTER TABLE app.p DROP COLUMN a;

-- 3. drop column:app.p.b
--    drop_column: column app.p.b goes, with what it holds
ALTER TABLE app.p DROP COLUMN b;

COMMIT;
