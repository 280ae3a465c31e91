BEGIN;

-- 1. create function:app.gone(text)
CREATE OR REPLACE PROCEDURE app.gone(IN a text)
LANGUAGE sql
AS $$select 1$$;

-- 2. alter function:app.definer()
CREATE OR REPLACE FUNCTION app.definer()
RETURNS void
LANGUAGE plpgsql
AS $$begin end$$;

-- 3. create owner(function:app.gone(text))
ALTER ROUTINE app.gone(text) OWNER TO postgres;

-- 4. drop comment(function:app.total(integer))
COMMENT ON ROUTINE app.total(integer) IS NULL;

-- 5. alter function:app.total(integer)
CREATE OR REPLACE FUNCTION app.total(n integer)
RETURNS integer
LANGUAGE sql
AS $$select n$$;

-- 6. drop function:app.fresh(text, integer)
--    drop_function: callers of app.fresh(text, integer) fail
DROP PROCEDURE app.fresh(text, integer);

COMMIT;
