BEGIN;

-- 1. alter view:app.v
CREATE OR REPLACE VIEW app.v AS
 SELECT t.id,
    t.a
   FROM app.t t;

-- 2. alter enum:app.mood
ALTER TYPE app.mood RENAME TO mood__replaced;
CREATE TYPE app.mood AS ENUM ('a', 'b');
DROP TYPE app.mood__replaced;

-- 3. create owner(enum:app.mood)
ALTER TYPE app.mood OWNER TO ou_owner;

-- 4. drop function:app.f(integer)
DROP FUNCTION app.f(integer);

-- 5. create function:app.f(integer)
CREATE OR REPLACE FUNCTION app.f(n integer)
RETURNS integer
LANGUAGE sql
AS $$select n$$;

-- 6. create owner(function:app.f(integer))
ALTER ROUTINE app.f(integer) OWNER TO ou_owner;

COMMIT;
