BEGIN;

-- 1. alter enum:app.mood
ALTER TYPE app.mood ADD VALUE 'b' AFTER 'a';

COMMIT;
