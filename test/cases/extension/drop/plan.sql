BEGIN;

-- 1. alter column:app.t.e
--    change_type: app.t.e from app.citext to text
ALTER TABLE app.t ALTER COLUMN e TYPE text USING e::text;

-- 2. drop comment(extension:pg_trgm)
DO $do$BEGIN EXECUTE pg_catalog.format('COMMENT ON EXTENSION %I IS %L', 'pg_trgm', (SELECT comment FROM pg_catalog.pg_available_extensions WHERE name = 'pg_trgm')); END$do$;

-- 3. drop extension:citext
--    drop_extension: extension citext goes, with every function and type it brought
DROP EXTENSION citext;

COMMIT;
