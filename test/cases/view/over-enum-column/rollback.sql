BEGIN;

-- 1. alter enum:app.mood
ALTER TYPE app.mood ADD VALUE 'b' AFTER 'a';

COMMIT;

BEGIN;

-- 2. alter column:app.t.mood
ALTER TABLE app.t ALTER COLUMN mood DROP DEFAULT;

COMMIT;
