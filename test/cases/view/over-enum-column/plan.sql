BEGIN;

-- 1. drop policy:app.t.p
DROP POLICY p ON app.t;

-- 2. drop view:app.w
DROP VIEW app.w;

-- 3. drop view:app.v
DROP VIEW app.v;

-- 4. alter enum:app.mood
--    enum_value_removed: 'b' leaves the enum: every column of the type is rewritten, and a row that still has it makes the step fail
ALTER TYPE app.mood RENAME TO mood__replaced;
CREATE TYPE app.mood AS ENUM ('a', 'c');
ALTER TABLE app.t ALTER COLUMN mood TYPE app.mood USING mood::text::app.mood;
DROP TYPE app.mood__replaced;

-- 5. alter column:app.t.mood
ALTER TABLE app.t ALTER COLUMN mood SET DEFAULT 'c'::app.mood;

-- 6. create view:app.v
CREATE VIEW app.v AS
 SELECT t.mood
   FROM app.t t;

-- 7. create view:app.w
CREATE VIEW app.w AS
 SELECT (v.mood)::text AS mood
   FROM app.v v;

-- 8. create policy:app.t.p
--    row_visibility: changes which rows of app.t PUBLIC may see or write
CREATE POLICY p ON app.t TO PUBLIC USING ((mood IS NOT NULL));

-- 9. create owner(enum:app.mood)
ALTER TYPE app.mood OWNER TO postgres;

-- 10. create owner(view:app.v)
ALTER VIEW app.v OWNER TO postgres;

-- 11. create owner(view:app.w)
ALTER VIEW app.w OWNER TO postgres;

COMMIT;
