BEGIN;

-- 1. drop grant(enum:app.mood).public
GRANT USAGE ON TYPE app.mood TO PUBLIC;

-- 2. drop view:app.v
DROP VIEW app.v;

-- 3. alter enum:app.mood
--    enum_value_removed: 'b' leaves the enum: every column of the type is rewritten, and a row that still has it makes the step fail
ALTER TYPE app.mood RENAME TO mood__replaced;
CREATE TYPE app.mood AS ENUM ('a', 'c');
ALTER TABLE app.t ALTER COLUMN mood TYPE app.mood USING mood::text::app.mood;
DROP TYPE app.mood__replaced;

-- 4. create view:app.v
CREATE VIEW app.v AS
 SELECT t.id,
    t.mood
   FROM app.t t;

-- 5. create owner(enum:app.mood)
ALTER TYPE app.mood OWNER TO ok_owner;

-- 6. create owner(view:app.v)
ALTER VIEW app.v OWNER TO ok_owner;

-- 7. create grant(enum:app.mood).public
REVOKE USAGE ON TYPE app.mood FROM PUBLIC;

COMMIT;
