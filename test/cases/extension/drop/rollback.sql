BEGIN;

-- 1. create extension:citext
CREATE EXTENSION citext WITH SCHEMA app;

-- 2. alter column:app.t.e
--    narrow_type: app.t.e from text to app.citext: a value that does not fit fails or loses precision
ALTER TABLE app.t ALTER COLUMN e TYPE app.citext USING e::app.citext;

-- 3. create comment(extension:citext)
COMMENT ON EXTENSION citext IS 'Ours';

-- 4. create comment(extension:pg_trgm)
COMMENT ON EXTENSION pg_trgm IS 'Changed back';

COMMIT;
