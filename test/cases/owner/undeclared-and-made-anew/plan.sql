BEGIN;

-- 1. alter enum:app.mood
ALTER TYPE app.mood RENAME TO mood__replaced;
CREATE TYPE app.mood AS ENUM ('b', 'a');
DROP TYPE app.mood__replaced;

-- 2. create owner(enum:app.mood)
ALTER TYPE app.mood OWNER TO ou_owner;

-- 3. drop view:app.v
DROP VIEW app.v;

-- 4. create view:app.v
CREATE VIEW app.v AS
 SELECT t.id
   FROM app.t t;

-- 5. create owner(view:app.v)
ALTER VIEW app.v OWNER TO ou_owner;

-- 6. drop function:app.f(integer)
DROP FUNCTION app.f(integer);

-- 7. create function:app.f(integer)
CREATE OR REPLACE FUNCTION app.f(n integer)
RETURNS bigint
LANGUAGE sql
AS $$select n::bigint$$;

-- 8. create owner(function:app.f(integer))
ALTER ROUTINE app.f(integer) OWNER TO ou_owner;

COMMIT;
