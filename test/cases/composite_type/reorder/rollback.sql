BEGIN;

-- 1. drop function:app.make()
DROP FUNCTION app.make();

-- 2. drop composite_type:app.pair
DROP TYPE app.pair;

-- 3. create composite_type:app.pair
CREATE TYPE app.pair AS (a integer, b text);

-- 4. create function:app.make()
CREATE OR REPLACE FUNCTION app.make()
RETURNS app.pair
LANGUAGE sql
AS $$select row(1, 'x')::app.pair$$;

-- 5. create owner(composite_type:app.pair)
ALTER TYPE app.pair OWNER TO postgres;

-- 6. create owner(function:app.make())
ALTER ROUTINE app.make() OWNER TO postgres;

-- 7. create comment(composite_type:app.pair)
COMMENT ON TYPE app.pair IS 'Two';

COMMIT;
