BEGIN;

-- 1. alter enum:app.mood
--    enum_value_removed: 'awful', 'ok', 'ecstatic' leave the enum: every column of the type is rewritten, and a row that still has it makes the step fail
ALTER TYPE app.mood RENAME TO mood__replaced;
CREATE TYPE app.mood AS ENUM ('sad', 'happy');
ALTER TABLE app.people ALTER COLUMN mood DROP DEFAULT;
ALTER TABLE app.people ALTER COLUMN mood TYPE app.mood USING mood::text::app.mood;
ALTER TABLE app.people ALTER COLUMN mood SET DEFAULT 'sad'::app.mood;
DROP TYPE app.mood__replaced;

-- 2. alter column:app.people.mood
ALTER TABLE app.people ALTER COLUMN mood SET DEFAULT 'sad'::app.mood;

COMMIT;
