BEGIN;

-- 1. drop comment(enum:app.mood)
COMMENT ON TYPE app.mood IS NULL;

-- 2. drop view:app.sad_people
DROP VIEW app.sad_people;

-- 3. alter enum:app.mood
--    enum_value_removed: 'gone' leaves the enum: every column of the type is rewritten, and a row that still has it makes the step fail
ALTER TYPE app.mood RENAME TO mood__replaced;
CREATE TYPE app.mood AS ENUM ('sad', 'happy');
ALTER TABLE app.people ALTER COLUMN mood DROP DEFAULT;
ALTER TABLE app.people ALTER COLUMN mood TYPE app.mood USING mood::text::app.mood;
ALTER TABLE app.people ALTER COLUMN mood SET DEFAULT 'sad'::app.mood;
ALTER TABLE app.people ALTER COLUMN moods DROP DEFAULT;
ALTER TABLE app.people ALTER COLUMN moods TYPE app.mood[] USING moods::text[]::app.mood[];
ALTER TABLE app.people ALTER COLUMN moods SET DEFAULT '{sad,happy}'::app.mood[];
DROP TYPE app.mood__replaced;

-- 4. create view:app.sad_people
CREATE VIEW app.sad_people AS
 SELECT p.id
   FROM app.people p
  WHERE (p.mood = 'sad'::app.mood);

-- 5. create owner(enum:app.mood)
ALTER TYPE app.mood OWNER TO postgres;

-- 6. create owner(view:app.sad_people)
ALTER VIEW app.sad_people OWNER TO postgres;

-- 7. create comment(enum:app.mood)
COMMENT ON TYPE app.mood IS 'How one feels';

COMMIT;
