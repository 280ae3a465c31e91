BEGIN;

-- 1. create extension:citext
CREATE EXTENSION citext WITH SCHEMA public;

-- 2. create comment(extension:citext)
COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';

COMMIT;
