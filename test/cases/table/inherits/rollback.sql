BEGIN;

-- 1. alter column:app.base.note
ALTER TABLE app.base ALTER COLUMN note DROP DEFAULT;
ALTER TABLE app.base ALTER COLUMN note DROP NOT NULL;

-- 2. drop check:app.base.base_id
--    drop_check: rows that broke base_id are let in, and a rollback then fails on them
ALTER TABLE app.base DROP CONSTRAINT base_id;

-- 3. drop column:app.base.added
--    drop_column: column app.base.added goes, with what it holds
ALTER TABLE app.base DROP COLUMN added;

COMMIT;
