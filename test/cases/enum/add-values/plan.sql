BEGIN;

-- 1. alter enum:app.mood
ALTER TYPE app.mood ADD VALUE 'awful' BEFORE 'sad';
ALTER TYPE app.mood ADD VALUE 'ok' AFTER 'sad';
ALTER TYPE app.mood ADD VALUE 'ecstatic' AFTER 'happy';

COMMIT;

BEGIN;

-- 2. alter column:app.people.mood
ALTER TABLE app.people ALTER COLUMN mood SET DEFAULT 'ok'::app.mood;

COMMIT;
